export interface FakeHub {
  readonly port: number;
  readonly received: readonly { readonly type: string }[];
  readonly heardBytes: number;
  close(): Promise<void>;
}

export function startHub(options?: { port?: number; fake?: string; quick?: boolean }): Promise<FakeHub>;
