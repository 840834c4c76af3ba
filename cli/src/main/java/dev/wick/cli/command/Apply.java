package dev.wick.cli.command;

import dev.wick.cli.arguments.Arguments;
import dev.wick.cli.arguments.UsageException;
import dev.wick.cli.store.Answer;
import dev.wick.cli.store.Json;
import dev.wick.cli.store.StoreClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code wick apply -f FILE...}: one bundle, one revision. */
public final class Apply {

    private final StoreClient store;

    public Apply(StoreClient store) {
        this.store = store;
    }

    public static int run(List<String> arguments) throws InterruptedException {
        Set<String> valued = new HashSet<>(StoreClient.OPTIONS);
        valued.addAll(Set.of("-f", "--file"));
        Arguments given = Arguments.parse(arguments, valued, Set.of("--dry-run", "--prune"));
        List<String> files = new ArrayList<>(given.all("-f"));
        files.addAll(given.all("--file"));
        if (files.isEmpty()) {
            throw new UsageException("usage: wick apply -f FILE... [--dry-run] [--prune]");
        }
        files.addAll(given.words()); // a shell's apply -f *.yaml
        return new Apply(StoreClient.of(given))
                .apply(files, given.has("--dry-run"), given.has("--prune"));
    }

    /**
     * @param files {@code -} is standard input
     * @return the exit status
     */
    public int apply(List<String> files, boolean dryRun, boolean prune)
            throws InterruptedException {
        Bundle bundle = Bundle.of(files);
        String path = "/apply?dryRun=" + dryRun + "&prune=" + prune;
        Map<String, String> headers = Map.of("Content-Type", bundle.contentType());
        Answer answer =
                dryRun
                        ? store.ask("POST", path, bundle.bytes(), headers)
                        : new Change(store).send("POST", path, bundle.bytes(), headers);
        if (!answer.isGood()) {
            answer.refusal().stream().map(bundle::located).forEach(Terminal::complain);
            if (answer.status() == 401 || answer.status() == 403) {
                Terminal.complain(store.tokenHint());
            }
            return Terminal.REFUSED;
        }
        report(answer.body(), dryRun);
        return 0;
    }

    private static void report(Json plan, boolean dryRun) {
        List<Json> changes = plan.at("changes").items();
        for (Json change : changes) {
            String done = change.at("change").text();
            Terminal.print(
                    (dryRun ? "would be " : "")
                            + done
                            + " "
                            + change.at("kind").text()
                            + "/"
                            + change.at("name").text());
            if (done.equals("changed")) {
                change.at("fields").items().forEach(Apply::reportField);
            }
        }
        String revision = plan.at("revision").text();
        if (changes.isEmpty()) {
            Terminal.print("no change: revision " + revision + " has it all");
        } else if (!dryRun) {
            Terminal.print("revision " + revision);
        }
    }

    private static void reportField(Json field) {
        Terminal.print(
                "  "
                        + field.at("path").text()
                        + ": "
                        + shown(field.at("before"))
                        + " -> "
                        + shown(field.at("after")));
    }

    private static String shown(Json value) {
        if (!value.exists()) {
            return "(nothing)";
        }
        return value.value() instanceof String text ? text : value.compact();
    }
}
