package dev.wick.cli.command;

import dev.wick.cli.arguments.Arguments;
import dev.wick.cli.arguments.UsageException;
import dev.wick.cli.store.StoreClient;
import java.util.List;
import java.util.Set;

/** {@code wick export}: all documents of a gateway as one file, to be applied again. */
public final class Export {

    private Export() {}

    public static int run(List<String> arguments) {
        Arguments given = Arguments.parse(arguments, StoreClient.OPTIONS, Set.of());
        if (!given.words().isEmpty()) {
            throw new UsageException("usage: wick export");
        }
        return Get.many(StoreClient.of(given), Kinds.all(), Format.YAML);
    }
}
