package dev.wick.cli;

import dev.wick.cli.arguments.UsageException;
import dev.wick.cli.command.Apply;
import dev.wick.cli.command.Delete;
import dev.wick.cli.command.Explain;
import dev.wick.cli.command.Export;
import dev.wick.cli.command.Get;
import dev.wick.cli.store.UnreachableException;
import dev.wick.cli.train.Rehearsal;
import dev.wick.cli.train.Train;
import dev.wick.cli.up.Up;
import java.util.Arrays;
import java.util.List;

/**
 * What the launcher does not do itself. Exit statuses: 0 done, 1 refused, 2 wrong usage, 3 the
 * store cannot be reached.
 */
public final class Main {

    private Main() {}

    @SuppressWarnings("SystemOut")
    public static void main(String... arguments) throws Exception {
        int status;
        try {
            status = run(Arrays.asList(arguments));
        } catch (UsageException e) {
            System.err.println("wick: " + e.getMessage());
            status = 2;
        } catch (UnreachableException e) {
            System.err.println("wick: " + e.getMessage());
            status = 3;
        }
        System.out.flush();
        if (status != 0) {
            System.exit(status);
        }
    }

    private static int run(List<String> arguments) throws Exception {
        if (arguments.isEmpty()) {
            throw new UsageException("which command? (wick help lists them)");
        }
        List<String> rest = arguments.subList(1, arguments.size());
        String command = arguments.getFirst();
        return switch (command) {
            case "apply" -> Apply.run(rest);
            case "get" -> Get.run(rest);
            case "delete" -> Delete.run(rest);
            case "explain" -> Explain.run(rest);
            case "export" -> Export.run(rest);
            case "up" -> Up.run(rest);
            case "train" -> Train.run();
            case "rehearse" -> Rehearsal.run(rest);
            default ->
                    throw new UsageException(command + ": no such command (wick help lists them)");
        };
    }
}
