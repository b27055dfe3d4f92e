curl --silent --fail "$MINGBAI/api/v1/departments?enforcement=true&limit=3" \
  --header "Accept-Language: en"
