export interface EducationValues {
  educationSegment: "K12" | "HigherEducation";
  website: string;
}

export function EducationFields(props: {
  values: EducationValues;
  problem: string | undefined;
  onChange: (values: EducationValues) => void;
}) {
  const { values, problem, onChange } = props;
  return (
    <>
      <label htmlFor="segment">Segment</label>
      <select
        id="segment"
        value={values.educationSegment}
        onChange={({ target }) =>
          onChange({ ...values, educationSegment: target.value as typeof values.educationSegment })
        }
      >
        <option value="K12">School (K-12)</option>
        <option value="HigherEducation">Higher education</option>
      </select>
      <label htmlFor="website">Web site (optional)</label>
      <input
        id="website"
        inputMode="url"
        autoCapitalize="none"
        spellCheck={false}
        placeholder="example.edu"
        value={values.website}
        onChange={({ target }) => onChange({ ...values, website: target.value })}
        aria-invalid={problem !== undefined}
        aria-describedby="website-problem"
      />
      <p id="website-problem" className="field-problem" role="alert">
        {problem}
      </p>
    </>
  );
}
