package dev.wick.cli.train;

import dev.wick.cli.command.Apply;
import dev.wick.cli.command.Explain;
import dev.wick.cli.command.Export;
import dev.wick.cli.command.Get;
import java.util.ArrayList;
import java.util.List;

/** All that the command line does, in one process, so that its cache knows all of it. */
public final class Rehearsal {

    private Rehearsal() {}

    /**
     * @param arguments a file to apply, then the options that say where the store is
     * @return the exit status
     */
    public static int run(List<String> arguments) throws InterruptedException {
        List<String> options = arguments.subList(1, arguments.size());
        String file = arguments.getFirst();
        return Apply.run(with(options, "-f", file))
                | Apply.run(with(options, "-f", file, "--dry-run"))
                | Get.run(options)
                | Get.run(with(options, "virtualhost", "host-0"))
                | Get.run(with(options, "clusters", "-o", "json"))
                | Export.run(options)
                | Explain.run(with(options, "GET", "http://host-0.localhost/", "-H", "a: b"));
    }

    private static List<String> with(List<String> options, String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        all.addAll(options);
        return all;
    }
}
