package io.mnemosyne.core.redact;

import java.util.List;
import java.util.stream.Stream;

/**
 * The credential formats that are known, most specific first. Written from the providers' descriptions of their tokens
 * and from observed samples.
 *
 * <p>What is not among them on purpose: ids that their vendors document as public, such as Twilio's account SID
 * ({@code AC...}) and AWS's ids of users and roles ({@code AIDA...}, {@code AROA...}); and prefixes that no vendor
 * documents, such as {@code A3T...}.
 */
final class CredentialRules {
    static final List<Rule> ALL = List.of(
            Rule.framed("private-key", "(?i)-----begin [A-Z0-9 ]{0,40}private key(?: block)?-----"
                    + "(?:\\s|\\\\[nrt])*(?:(?:Proc-Type|DEK-Info)[^\\n\\\\\"]{0,80}(?:\\s|\\\\[nrt])*){0,2}"
                    + "(?:((?:[A-Za-z0-9+/=:.,\\s]|\\\\[nrt])+)-----end|((?:[A-Za-z0-9+/=\\s]|\\\\[nrt]){40,}))",
                    Plausible::body, "-----begin "),
            Rule.format("aws-access-key-id", "(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}", "AKIA", "ASIA", "ABIA", "ACCA"),
            new Rule("aws-secret-key", new NamedValueFinder(List.of("secret_key", "secretkey", "secret_access_key",
                    "secret_accesskey", "secretaccess_key", "secretaccesskey", "aws_secret", "awssecret")),
                    Plausible::awsSecretKey),
            Rule.token("github", "gh[pousr]_[A-Za-z0-9]{36,}", "ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
            Rule.token("github", "github_pat_[A-Za-z0-9_]{22,}", "github_pat_"),
            Rule.token("gitlab", "(?:glpat|gldt|glrt|glrtr|glcbt|glptt|glft|glimt|glagent|gloas|glsoat|glffct|glwt)-"
                    + "[A-Za-z0-9_-]{20,}(?:\\.[A-Za-z0-9_-]{1,12}){0,2}={0,2}", "glpat-", "gldt-", "glrt-", "glrtr-",
                    "glcbt-", "glptt-", "glft-",
                    "glimt-", "glagent-", "gloas-", "glsoat-", "glffct-", "glwt-"),
            Rule.token("gitlab", "GR1348941[A-Za-z0-9_-]{20,}", "GR1348941"),
            Rule.framed("gitlab", "_gitlab_session=([A-Za-z0-9]{32})", Plausible::token, "_gitlab_session="),
            Rule.token("slack", "xox[a-z](?:\\.xox[a-z])?-[A-Za-z0-9-]{10,}", "xox"),
            Rule.token("slack", "xapp-[0-9]-[A-Za-z0-9-]{10,}", "xapp-"),
            Rule.framed("slack-webhook", "hooks\\.slack\\.com/((?:services|workflows|triggers)/[A-Za-z0-9+/]{24,})",
                    Plausible::token, "hooks.slack.com/"),
            Rule.token("stripe", "(?:sk|rk)_(?:live|test|prod)_[A-Za-z0-9]{10,}", "sk_", "rk_"),
            Rule.token("stripe", "whsec_[A-Za-z0-9+/=]{20,}", "whsec_"),
            Rule.format("google-api-key", "AIza[A-Za-z0-9_-]{35}", "AIza"),
            Rule.token("google-oauth", "(?:ya29\\.(?:[A-Za-z0-9_-]{1,8}\\.){0,2}|GOCSPX-)[A-Za-z0-9_-]{20,}", "ya29.",
                    "GOCSPX-"),
            Rule.token("anthropic", "sk-ant-[a-z0-9]{2,12}-[A-Za-z0-9_-]{20,}", "sk-ant-"),
            Rule.token("langfuse", "(?:sk|pk)-lf-[0-9a-f]{8}-[0-9a-f-]{27}", "sk-lf-", "pk-lf-"),
            Rule.token("openai", "sk-(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{20,}|sk-[A-Za-z0-9]{32,}", "sk-"),
            Rule.format("npm", "npm_[A-Za-z0-9]{36}", "npm_"),
            Rule.token("pypi", "pypi-Ag[A-Za-z0-9_-]{50,}", "pypi-Ag"),
            Rule.token("sendgrid", "SG\\.[A-Za-z0-9_-]{16,64}\\.[A-Za-z0-9_-]{16,64}", "SG."),
            Rule.token("twilio", "SK[0-9a-fA-F]{32}", "SK"),
            Rule.token("jwt", "eyJ[A-Za-z0-9_-]{12,}\\.eyJ[A-Za-z0-9_-]{12,}(?:\\.[A-Za-z0-9_-]{0,})?", "eyJ"),
            Rule.framed("azure", "(?i)accountkey=([A-Za-z0-9+/]{40,}={0,2})", Plausible::token, "accountkey="),
            Rule.framed("azure", "(?i)sharedaccess(?:key|signature)=([^\\s;\"'\\\\=]{20,}={0,2}"
                    + "|(?:[a-z]{1,8}=[^\\s;\"'\\\\&=]+={0,2}&?)+)", Plausible::token, "sharedaccesskey=",
                    "sharedaccesssignature="),
            Rule.framed("azure", "[?&]sig=([A-Za-z0-9%+/=]{40,})", Plausible::token, "?sig=", "&sig="),
            Rule.framed("url-password",
                    "://[^\\s/:@\"'`\\\\<>\\[\\]]{0,100}:([^\\s/@\"'`\\\\<>\\[\\]]{1,200})@[A-Za-z0-9]",
                    Plausible::userinfo, "://"),
            Rule.framed("authorization", "(?i)(?:bearer|basic) ([A-Za-z0-9._~+/-]{16,}={0,2})", Plausible::random,
                    "bearer ", "basic "),
            new Rule("password", new NamedValueFinder(List.of("password", "passwd", "passphrase", "pwd")),
                    Plausible::password),
            new Rule("api-key", new NamedValueFinder(namesOfKeys()), Plausible::random));

    private CredentialRules() {
    }

    /** What the name of a secret's key contains. */
    private static List<String> namesOfKeys() {
        Stream<String> alone = Stream.of("secret", "token", "credentials", "credential");
        Stream<String> withKey = Stream
                .of("api", "access", "private", "encryption", "signing", "auth", "client", "license")
                .flatMap(kind -> Stream.of(kind + "key", kind + "_key", kind + "-key"));
        return Stream.concat(alone, withKey).toList();
    }
}
