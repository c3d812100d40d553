const start = `
  import { createQualificationsClient } from "@partner-qualifications/client";
  const client = createQualificationsClient({ credential: () => "token" });
  const id = "11111111-2222-3333-4444-555555555555";
`;

/** The same ten calls as a user would write them, in two ways. */
export const tenCalls = {
  domain: `${start}
    const { qualifications, validationCodes } = client;
    for (const { qualification, vettingStatus } of await qualifications.list(id)) console.log(qualification, vettingStatus);
    console.log((await qualifications.list(id)).length);
    console.log((await qualifications.list(id)).map(({ vettingReason }) => vettingReason));
    console.log((await qualifications.list(id)).some(({ vettingStatus }) => vettingStatus === "InReview"));
    await qualifications.request(id, { qualification: "Education", educationSegment: "K12", website: "example.edu" });
    await qualifications.request(id, { qualification: "Education", educationSegment: "HigherEducation", website: "example.edu" });
    await qualifications.request(id, { qualification: "GovernmentCommunityCloud", validationCode: "code" });
    await qualifications.request(id, { qualification: "StateOwnedEntity" });
    for (const { partnerId } of await validationCodes.list()) console.log(partnerId);
    console.log((await validationCodes.list()).length);
  `,
  http: `${start}
    import { createHttpClient } from "@partner-qualifications/client/http";
    const http = createHttpClient(client);
    const params = { path: { customer_id: id } };
    const listed = await http.GET("/v1/customers/{customer_id}/qualifications", { params });
    for (const { qualification } of listed.data ?? []) console.log(qualification);
    if (listed.error) console.log(listed.response.status);
    await http.POST("/v1/customers/{customer_id}/qualifications", {
      params,
      body: { qualification: "Education", educationSegment: "K12", website: "example.edu" },
    });
    await http.POST("/v1/customers/{customer_id}/qualifications", {
      params: { ...params, query: { code: "code" } },
      body: { qualification: "GovernmentCommunityCloud", validationCode: "code" },
    });
    await http.POST("/v1/customers/{customer_id}/qualifications", {
      params,
      body: { qualification: "StateOwnedEntity" },
    });
    console.log((await http.GET("/v1/customers/{customer_id}/qualification", { params })).data);
    console.log((await http.GET("/v1/customers/all/validations")).data?.length);
    console.log((await http.GET("/v1/customers")).data);
    console.log((await http.GET("/v1/customers", { params: { query: { size: 10 } } })).data);
    console.log((await http.GET("/v1/customers/{customer_id}", { params })).data);
    console.log(
      (await http.GET("/v1/customers/{customer_id}/qualifications", { params })).data?.length,
    );
  `,
};
