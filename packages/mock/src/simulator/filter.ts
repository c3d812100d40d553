/** Names the source of a field or an operator that is printed and not accepted. */
export function hintForFilter({ Field, Operator }: Record<string, unknown>): string {
  const hints = [
    (Field === "DisplayName" || Field === "DefaultDomainName") &&
      " The official Swagger names the fields DisplayName and DefaultDomainName, the guide CompanyName.",
    Operator === "equals" &&
      " Only a unit test of the .NET SDK mentions equals, the guide starts_with alone.",
  ];
  return hints.filter((hint) => hint !== false).join("");
}
