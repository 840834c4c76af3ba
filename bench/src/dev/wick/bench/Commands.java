package dev.wick.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code ./wick bench commands}: how long a user waits for each of the commands that ask the store: by the launcher, from its
 * start to its end, beside each other on a gateway with ten hosts and one with many.
 */
final class Commands {

    private final Bench bench;
    private final Wick.Store store;
    private final Path file;
    private int round;

    private Commands(Bench bench) throws IOException {
        this.bench = bench;
        store = bench.closing(new Wick.Store(bench.home(), bench.folder()));
        file = bench.folder().resolve("spare.yaml");
    }

    public static void main(String[] arguments) throws Exception {
        Bench.run(
                bench -> {
                    Options options = new Options(arguments, "--hosts", "10000", "--rounds", "11");
                    new Commands(bench).run(options.number("--hosts"), options.number("--rounds"));
                });
    }

    private void run(int hosts, int rounds) throws Exception {
        List<Task> tasks = List.of(bench.task(10), bench.task(hosts));
        Wick wick = new Wick("Wick", bench.home(), bench.folder(), store);
        for (Task task : tasks) {
            wick.prepare(task);
        }
        // The first ones of a store are paid for by its compilers, and by the disk.
        rounds(2, tasks, new Figures());
        Figures figures = new Figures();
        rounds(rounds, tasks, figures);
        List<String> measures = commands(tasks.getFirst()).keySet().stream().map(Commands::measure).toList();
        System.out.println(figures.table("in the gateway", measures));
        System.out.println(figures.ratios("in the gateway", label(tasks.getFirst()), measures));
    }

    private void rounds(int rounds, List<Task> tasks, Figures figures) throws Exception {
        for (int i = 0; i < rounds; i++) {
            round++;
            // A new host each time, which the last of the commands deletes.
            Files.writeString(file, Wick.hosts(1_000_000, 1_000_001, 1_024 + round));
            for (String command : commands(tasks.getFirst()).keySet()) {
                for (Task task : tasks) {
                    figures.add(label(task), measure(command), millis(commands(task).get(command)));
                }
            }
        }
    }

    /** What is measured, in order: by what the user reads of it, what is typed. */
    private Map<String, List<String>> commands(Task task) {
        String url = "http://" + Task.host(1_000_000) + "/";
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("apply a host", List.of("apply", "-f", file.toString()));
        commands.put("get one", List.of("get", "VirtualHost", "v1000000"));
        commands.put("get a kind", List.of("get", "VirtualHost"));
        commands.put("explain", List.of("explain", "GET", url));
        commands.put("export", List.of("export"));
        commands.put("delete", List.of("delete", "VirtualHost", "v1000000"));
        commands.replaceAll((name, words) -> command(words, task));
        return commands;
    }

    private List<String> command(List<String> words, Task task) {
        List<String> command = new ArrayList<>(List.of(bench.home().resolve("wick").toString()));
        command.addAll(words);
        command.addAll(List.of("--store", store.url(), "--gateway", Wick.gateway(task)));
        return command;
    }

    private double millis(List<String> command) throws Exception {
        File output = bench.folder().resolve("command.log").toFile();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output);
        builder.environment().put("WICK_TOKEN", store.token("token"));
        // As it is unless somebody says otherwise: the launcher looks whether all is built.
        builder.environment().remove("WICK_BUILD");
        long start = System.nanoTime();
        int status = builder.start().waitFor();
        double millis = (System.nanoTime() - start) / 1e6;
        if (status != 0) {
            throw new Refusal(String.join(" ", command) + ": exit " + status + "\n" + Files.readString(output.toPath()));
        }
        return millis;
    }

    private static String measure(String command) {
        return command + " ms";
    }

    private static String label(Task task) {
        return String.format(Locale.ROOT, "with %,d hosts", task.hosts());
    }
}
