// An identity provider for tests and for trying Acquis: `oidc-provider`, which is certified, set up as FranceConnect v2 is, with people who
// do not exist. Who comes chooses who they are from a list: no password. Never shipped; listens on this machine alone.
//
//   node provider.mjs PORT SERVICE…     SERVICE: http://localhost:8087, and each other address of the same
import { createServer } from 'node:http';
import { generateKeyPairSync, sign } from 'node:crypto';
import Provider from 'oidc-provider';
import { IDENTITIES } from './identities.mjs';

const [port, ...services] = process.argv.slice(2);
const PREFIX = '/api/v2';
const issuer = `http://127.0.0.1:${port}${PREFIX}`;
const algorithm = process.env.PROVIDER_ALGORITHM ?? 'ES256';

// New at each start: to start again is to change keys.
const { privateKey } = algorithm === 'ES256'
  ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
  : generateKeyPairSync('rsa', { modulusLength: 2048 });
const key = { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: algorithm, kid: `key-${Date.now()}` };

const CLAIMS = ['given_name', 'family_name', 'birthdate', 'gender', 'birthplace', 'birthcountry', 'email'];

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'acquis',
    client_secret: 'un-secret-d-essai-que-tout-le-monde-connait',
    redirect_uris: services.map((service) => `${service}/api/identite/retour`),
    post_logout_redirect_uris: services.map((service) => `${service}/api/identite/fin`),
    response_types: ['code'],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'client_secret_post',
    id_token_signed_response_alg: algorithm,
    userinfo_signed_response_alg: algorithm,
  }],
  jwks: { keys: [key] },
  acrValues: ['eidas1', 'eidas2', 'eidas3'],
  claims: { openid: ['sub'], ...Object.fromEntries(CLAIMS.map((claim) => [claim, [claim]])), acr: null },
  scopes: ['openid', ...CLAIMS],
  pkce: { required: () => false },
  features: {
    devInteractions: { enabled: false },
    jwtUserinfo: { enabled: true },
    claimsParameter: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => { ctx.body = `<!doctype html>${form}<button form="op.logoutForm" name="logout" value="yes">Oui</button>`; },
    },
    revocation: { enabled: true },
  },
  enabledJWA: { idTokenSigningAlgValues: [algorithm], userinfoSigningAlgValues: [algorithm] },
  routes: {
    authorization: '/authorize', token: '/token', userinfo: '/userinfo', jwks: '/jwks',
    end_session: '/session/end', revocation: '/token/revocation',
  },
  ttl: { AccessToken: 60, AuthorizationCode: 30, IdToken: 60, Interaction: 600, Session: 1800, Grant: 1800 },
  cookies: { keys: ['a provider that exists on this machine alone'] },
  interactions: { url: (_, interaction) => `/identites/${interaction.uid}` },
  findAccount: (_, id) => {
    const who = IDENTITIES.find((identity) => identity.sub === id);
    return who && { accountId: id, claims: () => who };
  },
});

const coded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const decoded = (part) => JSON.parse(Buffer.from(part, 'base64url'));

// A token that says something else, and is signed as it should be.
const again = (token, changes) => {
  const [head, claims] = token.split('.');
  const message = `${head}.${coded({ ...decoded(claims), ...changes })}`;
  const signature = sign('sha256', Buffer.from(message), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${message}.${signature.toString('base64url')}`;
};

// What a token that is well signed may say: nothing wrong first, then of somebody else, or of another time.
const SAID = {
  same: {},
  started: { nbf: 1 },
  audience: { aud: 'quelqu-un-d-autre' },
  audiences: { aud: ['acquis', 'quelqu-un-d-autre'] },
  author: { iss: 'https://quelqu-un-d-autre.exemple' },
  subject: { sub: 'quelqu-un-d-autre' },
  nonce: { nonce: 'd-un-autre-voyage' },
  unasked: { nonce: undefined },
  expired: { exp: 1 },
  early: { nbf: 4_102_444_800 },
  undated: { nbf: 'demain' },
};

// What tests ask it to do wrong, until they ask for something else: « down », or « token-expired », « identity-early »…
let fault = '';
provider.use(async (ctx, next) => {
  await next();
  const location = ctx.response.get('location');
  if (fault === 'issuer' && services.some((service) => location.startsWith(service))) {
    const url = new URL(location);
    url.searchParams.set('iss', 'https://quelqu-un-d-autre.exemple');
    ctx.set('location', url.href);
  }
  if (ctx.path === '/userinfo' && typeof ctx.body === 'string') {
    const [head, claims, signature] = ctx.body.split('.');
    if (fault === 'signature') ctx.body = [head, coded({ ...decoded(claims), family_name: 'Faussaire' }), signature].join('.');
    if (fault === 'unsigned') ctx.body = [coded({ alg: 'none' }), claims, ''].join('.');
    if (fault === 'shared') ctx.body = [coded({ alg: 'HS256', kid: key.kid }), claims, signature].join('.');
  }
  const [what, how] = fault.split('-');
  if (what === 'identity' && ctx.path === '/userinfo') ctx.body = again(ctx.body, SAID[how]);
  if (ctx.path === '/token' && ctx.body?.id_token) {
    const token = ctx.body.id_token;
    if (fault === 'forged') ctx.body = { ...ctx.body, id_token: `${token.slice(0, -4)}AAAA` };
    if (what === 'token') ctx.body = { ...ctx.body, id_token: again(token, SAID[how]) };
  }
});

const escape = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const answer = (res, status, body, headers = {}) => {
  res.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers });
  res.end(body);
};

async function choose(req, res, who) {
  const { prompt, params, session } = await provider.interactionDetails(req, res);
  if (prompt.name === 'consent') {
    const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    grant.addOIDCScope(params.scope);
    return provider.interactionFinished(req, res, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true });
  }
  if (who === 'abandon') {
    return provider.interactionFinished(req, res, { error: 'access_denied', error_description: 'the person gave up' });
  }
  if (IDENTITIES.some((identity) => identity.sub === who)) {
    const acr = fault === 'level' ? 'eidas1' : (params.acr_values ?? 'eidas1').split(' ')[0];
    return provider.interactionFinished(req, res, { login: { accountId: who, acr, amr: ['pwd'] } });
  }
  const list = IDENTITIES.map(({ sub, given_name: given, family_name: family, birthdate }) =>
    `<li><a href="${req.url}/${sub}">${escape(`${given} ${family}, ${birthdate}`)}</a></li>`).join('');
  return answer(res, 200, `<!doctype html><html lang="fr"><meta charset="utf-8"><title>Fournisseur d’essai</title>
    <h1>Qui êtes-vous ?</h1><p>Fournisseur d’identité d’essai : ces personnes n’existent pas.</p><ul>${list}</ul>
    <p><a href="${req.url}/abandon">Renoncer</a></p></html>`);
}

const callback = provider.callback();
createServer(async (req, res) => {
  try {
    const path = new URL(req.url, issuer).pathname;
    if (path.startsWith('/panne/')) {
      fault = path.slice('/panne/'.length);
      return answer(res, 200, fault);
    }
    if (fault === 'slow') await new Promise((resume) => setTimeout(resume, 20_000));
    if (fault === 'down') return answer(res, 503, 'down');
    const [, place, , who] = path.split('/');
    if (place === 'identites') return await choose(req, res, who);
    if (!path.startsWith(PREFIX)) return answer(res, 404, '');
    req.originalUrl = req.url;
    req.baseUrl = PREFIX;
    req.url = req.url.slice(PREFIX.length);
    return callback(req, res);
  } catch (error) {
    return answer(res, 400, escape(String(error?.message ?? error)));
  }
}).listen(Number(port), '127.0.0.1', () => console.log(`ready ${issuer}`));
