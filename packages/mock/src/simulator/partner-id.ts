/** The one partner whose Partner Center this is. */
export const partnerId = "9daaeb1c-4195-4db5-9f1d-509eb70c8c2d";
