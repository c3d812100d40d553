curl "https://login.microsoftonline.com/$PARTNER_CENTER_TENANT/oauth2/v2.0/token" \
  -d grant_type=client_credentials \
  -d "client_id=$PARTNER_CENTER_CLIENT_ID" \
  --data-urlencode "client_secret=$PARTNER_CENTER_CLIENT_SECRET" \
  --data-urlencode scope=https://api.partnercenter.microsoft.com/.default
