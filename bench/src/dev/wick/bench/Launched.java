package dev.wick.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a launcher script becomes. Peers are started by their binaries; so is Wick, by the command line that {@code ./wick gateway}
 * was seen to become, as a container or a unit file may start it.
 */
final class Launched {

    private static final Map<String, List<String>> SEEN = new HashMap<>();

    private Launched() {}

    /** Remembers what {@code proc} runs now, up to the flags of the contestant itself. */
    static void seen(Contestant contestant, Proc proc) {
        SEEN.put(contestant.name(), proc.commandLine());
    }

    /** The command for {@code port}, without a launcher where one was seen through. */
    static List<String> direct(Contestant contestant, int port, boolean byLauncher) throws IOException {
        List<String> command = contestant.command(port);
        List<String> seen = SEEN.get(contestant.name());
        int flags = seen == null ? -1 : seen.indexOf("--gateway");
        if (byLauncher || flags < 0) {
            return command;
        }
        List<String> direct = new ArrayList<>(seen.subList(0, flags));
        direct.addAll(command.subList(command.indexOf("--gateway"), command.size()));
        return direct;
    }
}
