// Every published library by `require`.
const { createQualificationsClient, PermissionError } = require("@partner-qualifications/client");
const { appOnlyCredential, CredentialError } = require("@partner-qualifications/credentials");
const { startMock } = require("@partner-qualifications/mock");

const id = "00000000-0000-4000-8000-000000000403";
const application = { tenant: "contoso.onmicrosoft.com", clientId: id, clientSecret: "secret" };

exports.main = async () => {
  const failing = appOnlyCredential({ ...application, fetch: () => Promise.reject(new Error()) });
  const failed = await failing
    .getToken("https://api.partnercenter.microsoft.com/.default")
    .catch((error) => error);
  if (!(failed instanceof CredentialError)) throw failed;
  const mock = await startMock({ clock: "manual" });
  const client = createQualificationsClient({ baseUrl: mock.url, credential: () => "token" });
  const refused = await client.qualifications.list(id).catch((error) => error);
  if (!(refused instanceof PermissionError)) throw refused;
  const body = { qualification: "Education", educationSegment: "K12" };
  const vetting = await client.qualifications.request("11111111-2222-3333-4444-555555555555", body);
  mock.advance("P7D");
  const { status } = await vetting.pollUntilDone();
  await mock.close();
  return status.toLowerCase();
};
