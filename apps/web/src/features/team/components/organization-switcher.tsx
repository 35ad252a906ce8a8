'use client';

import { useTranslations } from 'next-intl';
import { api } from '#components/api.ts';
import { buttonClass } from '#ui/button.tsx';
import { Menu, MenuChoice, MenuHeading } from '#ui/menu.tsx';
import { useToast } from '#ui/toast.tsx';

export interface OrganizationSwitcherProps {
  /** The one at hand first. */
  readonly organizations: readonly { readonly id: string; readonly name: string }[];
}

/** Which organization this sign-in works in, and the others that its person belongs to. */
export function OrganizationSwitcher({ organizations }: OrganizationSwitcherProps) {
  const t = useTranslations('team.switcher');
  const toast = useToast();
  const choose = api.team.choose.useMutation({
    // A whole load, so that nothing drawn for the other organization stays; a page of one of its records may not be there.
    onSuccess: () => window.location.assign(homeOf(window.location.pathname)),
    onError: () => toast({ title: t('failed'), type: 'error' }),
  });
  const [present] = organizations;
  if (!present) return null;
  const trigger = (
    <button
      type="button"
      className={`${buttonClass('quiet')} min-w-0`}
      aria-label={t('label', { name: present.name })}
      aria-busy={choose.isPending}
    >
      <span className="max-w-40 truncate max-sm:max-w-24">{present.name}</span>
      <span aria-hidden="true" className="text-ink-faint">
        ▾
      </span>
    </button>
  );
  return (
    <Menu trigger={trigger}>
      <MenuHeading>{t('heading')}</MenuHeading>
      <MenuChoice
        label={t('heading')}
        value={present.id}
        onChange={(organizationId) => organizationId !== present.id && choose.mutate({ organizationId })}
        options={organizations.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Menu>
  );
}

const homeOf = (path: string): string => (path.startsWith('/en/') ? '/en/console' : '/console');
