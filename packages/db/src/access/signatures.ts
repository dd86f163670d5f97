import type { ClientBase } from 'pg';

/** The parameters of a function, by name, with their types as SQL writes them. */
export type Signature = ReadonlyMap<string, string>;

/** The functions of the schema `public`. None is overloaded. */
export type Signatures = ReadonlyMap<string, Signature>;

const READ = `
  SELECT p.proname AS name, p.proargnames[1:p.pronargs] AS names,
    ARRAY(
      SELECT format_type(type, NULL)
      FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS argument (type, position) ORDER BY position
    ) AS types
  FROM pg_catalog.pg_proc AS p
  WHERE p.pronamespace = 'public'::regnamespace AND p.prokind = 'f' AND NOT p.proretset`;

interface Row {
  readonly name: string;
  readonly names: readonly string[] | null;
  readonly types: readonly string[];
}

export async function readSignatures(client: ClientBase): Promise<Signatures> {
  const { rows } = await client.query<Row>(READ);
  return new Map(
    rows.map(({ name, names, types }) => [
      name,
      new Map((names ?? []).map((parameter, index) => [parameter, types[index] ?? ''])),
    ]),
  );
}

export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * The call of a function as a statement that Postgres plans once for each connection, by its name: the function's with
 * the places of its parameters. What is `undefined` is left to the parameter's default.
 *
 * @throws RangeError for a parameter that the function does not have.
 */
export function callOf(name: string, signature: Signature, args: Readonly<Record<string, unknown>>): Statement {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  const parameters = given.map(([parameter], index) => {
    const type = signature.get(parameter);
    if (type === undefined) throw new RangeError(`${name} has no parameter ${parameter}`);
    return `"${parameter}" => $${index + 1}::${type}`;
  });
  return {
    name: `${name}:${given.map(([parameter]) => [...signature.keys()].indexOf(parameter)).join('.')}`,
    text: `SELECT to_jsonb(public."${name}"(${parameters.join(', ')})) AS answer`,
    values: given.map(([parameter, value]) => toSql(signature.get(parameter), value)),
  };
}

/** JSON goes as its text: the driver would take a list for an array of SQL. */
function toSql(type: string | undefined, value: unknown): unknown {
  return type?.startsWith('json') === true && value !== null ? JSON.stringify(value) : value;
}
