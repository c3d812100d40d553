curl "https://login.microsoftonline.com/$PARTNER_CENTER_TENANT/oauth2/v2.0/token" \
  -d grant_type=refresh_token \
  -d "client_id=$PARTNER_CENTER_CLIENT_ID" \
  --data-urlencode "client_secret=$PARTNER_CENTER_CLIENT_SECRET" \
  --data-urlencode "refresh_token=$(cat "$PARTNER_CENTER_REFRESH_TOKEN_FILE")" \
  --data-urlencode scope=https://api.partnercenter.microsoft.com/user_impersonation
