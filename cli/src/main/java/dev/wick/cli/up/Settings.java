package dev.wick.cli.up;

import dev.wick.cli.arguments.Arguments;
import dev.wick.cli.arguments.UsageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What {@code wick up} was asked for.
 *
 * @param home Wick's own folder
 * @param data where the store keeps everything
 * @param apply files to apply once the store is up
 */
record Settings(
        Path home, Path data, Address http, Address admin, Address api, List<String> apply) {

    private static final Set<String> VALUED =
            Set.of("--data", "--http", "--admin", "--api", "--apply");

    static Settings read(List<String> arguments) {
        Arguments given = Arguments.parse(arguments, VALUED, Set.of());
        if (!given.words().isEmpty()) {
            throw new UsageException(given.words().getFirst() + ": up takes options only");
        }
        // The launcher says where it found us.
        Path home = Path.of(System.getProperty("wick.home", "."));
        String port = given.setting("", "PORT", "8080");
        return new Settings(
                home,
                given.data(),
                Address.parse("--http", given.setting("--http", "WICK_HTTP", port)),
                Address.parse("--admin", given.setting("--admin", "WICK_ADMIN", "9901")),
                Address.parse("--api", given.setting("--api", "WICK_API", "8100")),
                given.all("--apply"));
    }
}
