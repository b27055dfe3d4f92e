curl --silent --fail "$MINGBAI/api/v1/verifications" \
  --header "Content-Type: application/json" \
  --data "{\"certificate_no\": \"$NUMBER\", \"name\": \"$NAME\"}"
