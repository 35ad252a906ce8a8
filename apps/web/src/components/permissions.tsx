'use client';

import type { Permission } from '@ai-bridge/access';
import { createContext, type ReactNode, useContext } from 'react';

const Permissions = createContext<readonly Permission[]>([]);

export interface PermissionsProviderProps {
  /** What the server's table gives this person in this organization. */
  readonly permissions: readonly Permission[];
  readonly children: ReactNode;
}

export function PermissionsProvider({ permissions, children }: PermissionsProviderProps) {
  return <Permissions value={permissions}>{children}</Permissions>;
}

/** Whether to offer a control. The procedure behind it decides for itself. */
export function useMay(permission: Permission): boolean {
  return useContext(Permissions).includes(permission);
}

/** Everything that the table gives this person. */
export function usePermissions(): readonly Permission[] {
  return useContext(Permissions);
}
