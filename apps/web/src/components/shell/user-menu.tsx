'use client';

import { signOut } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { Link, useRouter } from '#i18n/navigation.ts';
import { buttonClass } from '#ui/button.tsx';
import { PersonIcon } from '#ui/icons.tsx';
import { Menu, MenuHeading, MenuItem } from '#ui/menu.tsx';
import { useToast } from '#ui/toast.tsx';
import { api } from '../api.ts';
import { useFailure } from '../use-failure.ts';

export interface UserMenuProps {
  readonly name: string;
  readonly email: string;
  /** The other area of the site that this person may enter. */
  readonly other: 'console' | 'admin' | undefined;
}

export function UserMenu({ name, email, other }: UserMenuProps) {
  const t = useTranslations('shell');
  const router = useRouter();
  const toast = useToast();
  const failure = useFailure();

  async function leave() {
    await signOut({ redirect: false });
    router.push('/sign-in');
    router.refresh();
  }

  const everywhere = api.account.signOutEverywhere.useMutation({
    onSuccess: leave,
    onError: (error) => toast({ title: failure(error).message, type: 'error' }),
  });

  return (
    <Menu
      trigger={
        <button type="button" className={buttonClass('quiet')} aria-label={t('userMenu', { name })}>
          <PersonIcon />
          <span className="max-w-32 truncate max-sm:hidden">{name}</span>
        </button>
      }
    >
      <MenuHeading>
        <div className="font-medium">{name}</div>
        <div className="text-caption break-all text-ink-faint">{email}</div>
      </MenuHeading>
      {other && (
        <MenuItem render={<Link href={`/${other}`} />}>
          {other === 'admin' ? t('administration') : t('toConsole')}
        </MenuItem>
      )}
      <MenuItem onSelect={leave}>{t('signOut')}</MenuItem>
      <MenuItem onSelect={() => everywhere.mutate()}>{t('signOutEverywhere')}</MenuItem>
    </Menu>
  );
}
