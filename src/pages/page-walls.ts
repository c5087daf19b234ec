/** What stands between a reader and the page. */
export type WallKind = "robot-check" | "login" | "payment" | "consent" | "script" | "empty";

export interface Wall {
  kind: WallKind;
  /** For the model: what is the matter and what to do instead. */
  reason: string;
}

export interface WallEvidence {
  /** Source of the page. */
  html: string;
  title: string;
  /** What a reader sees. */
  text: string;
  hasPasswordField: boolean;
  scriptCount: number;
}

/**
 * Tells a page from what is served in its place: a check for robots, a login, a paywall, a question about cookies, an
 * empty frame for a script. Only short pages are suspected; a long text is read, whatever stands beside it.
 */
export function findWall({ html, title, text, hasPasswordField, scriptCount }: WallEvidence): Wall | null {
  if (text.length > MAX_WALL_CHARS) return null;
  const isBrief = text.length < FEW_CHARS;
  const heading = title.trim();
  if (CHECK_TITLE.test(heading) || CHECK_WORDS.test(text) || (isBrief && CHECK_SOURCE.test(html)))
    return wall("robot-check", "lets browsers in only after a check for robots");
  if (
    LOGIN_WORDS.test(text) ||
    (LOGIN_TITLE.test(heading) && (isBrief || hasPasswordField)) ||
    (isBrief && hasPasswordField)
  )
    return wall("login", "needs a login");
  if (PAYMENT_WORDS.test(text)) return wall("payment", "is behind a paywall");
  if (CONSENT_WORDS.test(`${heading}\n${text}`) && CONSENT_BUTTON.test(html))
    return wall("consent", "asks for consent to cookies before it shows anything");
  if (!isBrief) return null;
  if (SCRIPT_WORDS.test(html) || (text.length < HARDLY_ANY_CHARS && (SCRIPT_ROOT.test(html) || scriptCount > 2)))
    return wall("script", "is put together by a script in the browser and has no text of its own");
  return text.trim() === "" ? wall("empty", "has no text") : null;
}

function wall(kind: WallKind, matter: string): Wall {
  return { kind, reason: `The page ${matter}. Try another source.` };
}

const MAX_WALL_CHARS = 1500;
const FEW_CHARS = 400;
const HARDLY_ANY_CHARS = 80;

/** Titles of the checks of Cloudflare (in the languages it speaks most), Akamai, Imperva, DataDome, DDoS-Guard. */
const CHECK_TITLE =
  /^(?:just a moment|nur einen moment|un instant|un momento|um momento|een ogenblik|один момент|请稍候|しばらくお待ちください|잠시만|attention required!|access denied|are you (?:a )?(?:robot|human)|security check|verify(?:ing)? (?:you are|that you are|your)|checking your browser|pardon our interruption|ddos-guard|bot verification|human verification|robot or human|client challenge)/i;
const CHECK_WORDS =
  /\b(?:verify(?:ing)? (?:that )?you are (?:a )?human|checking (?:if the site connection is secure|your browser before)|enable javascript and cookies to continue|needs to review the security of your connection|unusual traffic from your (?:computer )?network|please (?:complete|solve) the (?:captcha|security check)|prove (?:that )?you(?:'|’)?re (?:not a robot|human)|request unsuccessful\. incapsula)/i;
const CHECK_SOURCE =
  /_cf_chl_opt|\/cdn-cgi\/challenge-platform\/|challenges\.cloudflare\.com\/turnstile|captcha-delivery\.com|px-captcha|_Incapsula_Resource|awswaf\.com|ddos-guard|(?:g-recaptcha|h-captcha)["\s]/;

const LOGIN_TITLE =
  /^(?:please )?(?:log ?-?in|sign ?-?in|anmeld(?:en|ung)|einloggen|login|connexion|se connecter|iniciar sesi[oó]n|acceso|accedi|entrar|inloggen|войти|вход|авторизация|登录|ログイン|로그인)(?:\s*[|·–—:-]|\s+(?:to|bei|zu|à|en|a|na|in)\s|$)/i;
const LOGIN_WORDS =
  /\b(?:(?:log|sign) ?in (?:or (?:sign up|register|create an account) )?to (?:continue|view|read|see|access|your account)|you (?:must|need to|have to) (?:be (?:logged|signed) in|log in|sign in)|(?:log|sign) in (?:is )?required|bitte (?:melden sie sich|loggen sie sich|melde dich) (?:an|ein)|veuillez vous connecter|debes iniciar sesi[oó]n|members only)/i;
const PAYMENT_WORDS =
  /\b(?:subscribe (?:now )?to (?:continue|keep) reading|to (?:continue|keep) reading,? (?:please )?subscribe|this (?:article|content|story) is (?:for|only available to|reserved for|exclusive to) (?:our )?(?:paying )?subscribers|already a subscriber\?|nur für abonnenten|réservé aux abonnés|contenido exclusivo para suscriptores)/i;
const CONSENT_WORDS =
  /before you continue|(?:we|our partners|and our|wir|nous|usamos|utilizamos).{0,200}(?:cookies?|personal data|personenbezogene)|cookie[- ](?:consent|einwilligung|settings|einstellungen)|consentement|einwilligung/is;
const CONSENT_BUTTON =
  /(?:accept|agree to|allow|reject) all|i (?:agree|accept)|alle(?:s)? (?:akzeptieren|ablehnen)|zustimmen|tout (?:accepter|refuser)|j[’']accepte|acept(?:ar|o)(?: todo)?|accetta(?: tutto)?|принять|同意/i;

const SCRIPT_WORDS =
  /(?:enable|requires?|turn on|activate|without|activer|aktivier\w*|habilitar?)\s+(?:<[^>]{1,40}>)?java\s?script|java\s?script\s+(?:<\/?[^>]{1,40}>)?(?:is (?:required|disabled)|to run this app|aktivieren|enabled)/i;
const SCRIPT_ROOT =
  /<(?:div|main|section)\s[^>]{0,100}id=["']?(?:root|app|__next|__nuxt|gatsby|svelte|main-app)\b|<app-root/i;
