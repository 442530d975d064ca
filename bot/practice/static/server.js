// Talks to the workspace: what is there, what changes, what somebody does.

// Who sits before the page, where it is not the first person.
const who = new URLSearchParams(location.search).get("as") ?? "";

/** All there is to show. */
export async function everything() {
  const response = await fetch(`/page/state?${new URLSearchParams({ as: who })}`, { cache: "no-store" });
  return response.json();
}

/** Calls `changed` with every change, and `back` whenever the connection is (again) there; `gone` when it is lost. */
export function follow({ changed, back, gone }) {
  const source = new EventSource(`/page/stream?${new URLSearchParams({ as: who })}`);
  source.onmessage = (event) => {
    const change = JSON.parse(event.data);
    if (change.type === "hello") back();
    else changed(change);
  };
  source.onerror = () => gone();
}

/** Does something and returns what it gives; throws an Error with words for people where it cannot be done. */
export async function act(what, body) {
  const response = await answered(() => fetch(`/page/${what}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...body, as: who }),
  }));
  return response.status === 204 ? null : response.json();
}

/** Shares a file. */
export async function upload(file, fields) {
  const query = new URLSearchParams({ name: file.name, as: who, ...fields });
  await answered(() => fetch(`/page/upload?${query}`, {
    method: "POST",
    headers: { "Content-Type": "application/octet-stream" },
    body: file,
  }));
}

async function answered(send) {
  let response;
  try {
    response = await send();
  } catch {
    throw new Error("The practice workspace does not answer. Is it still running?");
  }
  if (!response.ok) throw new Error((await response.text()) || "That did not work.");
  return response;
}
