import { useState } from "react";
import { CustomerPicker } from "./CustomerPicker.tsx";
import { EducationForm } from "./EducationForm.tsx";
import { Qualifications } from "./Qualifications.tsx";

export function App() {
  const [customerId, setCustomerId] = useState<string>();
  return (
    <main>
      <h1>Customer qualifications</h1>
      <p>
        Before a school gets its prices, Microsoft has to recognize it as one. Pick a customer, ask
        for Education, and watch the vetting.
      </p>
      <CustomerPicker onPick={setCustomerId} />
      {customerId && (
        // A key for each customer, so that nothing typed for one is sent for another.
        <div key={customerId} className="columns">
          <Qualifications customerId={customerId} />
          <EducationForm customerId={customerId} />
        </div>
      )}
    </main>
  );
}
