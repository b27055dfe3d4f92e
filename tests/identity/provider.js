// A real OpenID provider on loopback. Its door asks for a name, and lets everybody in.
// node provider.js PORT REDIRECT_URI '["pwd","mfa"]'
import { text } from 'node:stream/consumers';
import Provider from 'oidc-provider';

const [port, redirectUri, factors] = process.argv.slice(2);
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{
    client_id: 'mingbai',
    client_secret: 'a secret of the tests',
    redirect_uris: [redirectUri],
    response_types: ['code'],
    grant_types: ['authorization_code'],
  }],
  claims: { openid: ['sub', 'amr'] },
  features: { devInteractions: { enabled: false } },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
  interactions: { url: (_, { uid }) => `/door/${uid}` },
  pkce: { required: () => true },
});
const FORM = '<form method="post"><input name="name"><button>In</button></form>';

provider.use(async (ctx, next) => {
  if (!ctx.path.startsWith('/door/')) return next();
  if (ctx.method === 'GET') {
    ctx.type = 'html';
    ctx.body = FORM;
    return undefined;
  }
  const accountId = new URLSearchParams(await text(ctx.req)).get('name');
  const grant = new provider.Grant({ accountId, clientId: 'mingbai' });
  grant.addOIDCScope('openid');
  const consent = { grantId: await grant.save() };
  const login = { accountId, amr: JSON.parse(factors) };
  ctx.respond = false;
  return provider.interactionFinished(ctx.req, ctx.res, { login, consent });
});
provider.listen(Number(port), '127.0.0.1');
