package dev.wick.cli.command;

import dev.wick.cli.arguments.Arguments;
import dev.wick.cli.arguments.UsageException;
import dev.wick.cli.store.Answer;
import dev.wick.cli.store.StoreClient;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code wick delete KIND NAME}. */
public final class Delete {

    private Delete() {}

    public static int run(List<String> arguments) throws InterruptedException {
        Arguments given = Arguments.parse(arguments, StoreClient.OPTIONS, Set.of());
        if (given.words().size() != 2) {
            throw new UsageException("usage: wick delete KIND NAME");
        }
        String kind = Kinds.spelled(given.words().get(0));
        String name = given.words().get(1);
        StoreClient store = StoreClient.of(given);
        String path = "/" + StoreClient.part(kind) + "/" + StoreClient.part(name);
        Answer answer = new Change(store).send("DELETE", path, new byte[0], Map.of());
        if (!answer.isGood()) {
            return Terminal.refused(answer, store);
        }
        Terminal.print("deleted " + kind + "/" + name);
        String revision = answer.body().at("revision").text();
        if (!revision.isEmpty()) {
            Terminal.print("revision " + revision);
        }
        return 0;
    }
}
