"""What an app does with the client that openapi-python-client makes. Runs beside the client."""

import json
import os
import sys

from generated import AuthenticatedClient
from generated.api.credentials import list_credentials
from generated.api.departments import list_departments
from generated.api.permits import read_permit
from generated.api.verifications import verify_credential
from generated.models import VerificationInType0  # by number and name; Type1 is by token

_, base_url, number, name = sys.argv
client = AuthenticatedClient(
    base_url=base_url, token=os.environ["MINGBAI_KEY"], headers={"Accept-Language": "en"}
)
page = list_departments.sync(client=client, limit=3)
asked = VerificationInType0(certificate_no=number, name=name)
verified = verify_credential.sync(client=client, body=asked)
credentials = list_credentials.sync(client=client, limit=1)
missing = read_permit.sync_detailed(code="none", client=client)
print(
    json.dumps(
        {
            "units": [unit.code for unit in page.items],
            "result": verified.result.value,
            "credential": credentials.items[0].certificate_no,
            "problem": missing.parsed.code,
            "status": missing.status_code,
        }
    )
)
