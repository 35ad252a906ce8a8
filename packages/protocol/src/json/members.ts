/** The text of a JSON object, member by member: a request may hold megabytes that are JSON already. */
export class JsonMembers {
  #text = '';

  /** Adds a member; undefined adds none. */
  add(name: string, value: unknown): void {
    if (value !== undefined) this.addJson(name, JSON.stringify(value));
  }

  /** @param json the value as JSON text; undefined adds none */
  addJson(name: string, json: string | undefined): void {
    if (json !== undefined) this.#text += `${this.#text === '' ? '' : ','}${JSON.stringify(name)}:${json}`;
  }

  /** All that was added, as one object. */
  object(): string {
    return `{${this.#text}}`;
  }
}
