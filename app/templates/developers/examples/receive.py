from standardwebhooks import Webhook, WebhookVerificationError


def received(secret: str, headers: dict[str, str], body: bytes) -> int:
    """The status to answer with. Answer quickly; do the work afterwards."""
    try:
        event = Webhook(secret).verify(body, headers)
    except WebhookVerificationError:
        return 401
    print(event["seq"], event["type"], event["data"])  # known already? the seq tells
    return 204
