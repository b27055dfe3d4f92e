import os

import httpx2

with httpx2.Client(base_url=os.environ["MINGBAI"] + "/api/v1") as register:
    cursor = {}
    while cursor is not None:
        page = register.get("/permits", params={"limit": 200, **cursor}).raise_for_status().json()
        for permit in page["items"]:
            print(permit["code"], permit["name"])
        cursor = {"cursor": page["next_cursor"]} if page["has_more"] else None
