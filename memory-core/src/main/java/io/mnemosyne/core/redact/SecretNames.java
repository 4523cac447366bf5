package io.mnemosyne.core.redact;

import java.util.List;
import java.util.stream.Stream;

/** Names that say of themselves that their value is a secret. */
final class SecretNames {
    static final List<Naming> ALL = List.of(
            new Naming(new Kind("aws-secret-key", Plausible::awsSecretKey), List.of("secret_key", "secretkey",
                    "secret_access_key", "secret_accesskey", "secretaccess_key", "secretaccesskey", "aws_secret",
                    "awssecret"), false),
            new Naming(new Kind("password", Plausible::password), List.of("password", "passwd", "passphrase", "pwd"),
                    false),
            new Naming(new Kind("api-key", Plausible::random), namesOfKeys(), false));

    private SecretNames() {
    }

    private static List<String> namesOfKeys() {
        Stream<String> alone = Stream.of("secret", "token", "credentials", "credential");
        Stream<String> withKey = Stream
                .of("api", "access", "private", "encryption", "signing", "auth", "client", "license")
                .flatMap(kind -> Stream.of(kind + "key", kind + "_key", kind + "-key"));
        return Stream.concat(alone, withKey).toList();
    }
}
