import os

import httpx2

asked = {"certificate_no": os.environ["NUMBER"], "name": os.environ["NAME"]}
reply = httpx2.post(os.environ["MINGBAI"] + "/api/v1/verifications", json=asked)
if reply.is_success and reply.json()["may_enforce"]:
    print("may enforce")
else:  # any other answer, and no answer at all, means: not confirmed
    print("not confirmed")
