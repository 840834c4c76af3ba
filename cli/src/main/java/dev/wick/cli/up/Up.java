package dev.wick.cli.up;

import dev.wick.cli.command.Apply;
import dev.wick.cli.store.Answer;
import dev.wick.cli.store.Json;
import dev.wick.cli.store.StoreClient;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * {@code wick up}: starts the store, sees that there is a listener, applies what it was given,
 * starts one instance, and then keeps both alive until it is told to end. What goes wrong on the
 * way up is a sentence and exit status 1.
 */
public final class Up {

    private static final String GATEWAY = "default";
    private static final int FAILED = 1;

    /** An instance drains within this; a store has nothing to wait for. */
    private static final int STOP_SECONDS = 20;

    private final Settings settings;
    private final Console console = new Console();
    private final List<Child> children = new CopyOnWriteArrayList<>();
    private final long began = System.nanoTime();

    private Up(Settings settings) {
        this.settings = settings;
    }

    /**
     * Returns only if it could not start.
     *
     * @return the exit status
     */
    public static int run(List<String> arguments) throws InterruptedException {
        return new Up(Settings.read(arguments)).run();
    }

    private int run() throws InterruptedException {
        String obstacle = obstacle();
        if (!obstacle.isEmpty()) {
            return failed(obstacle);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
        if (!start(store())) {
            return FAILED;
        }
        StoreClient client = client();
        if (!hasListener(client) || !hasApplied(client) || !start(gateway())) {
            return FAILED;
        }
        greet();
        Thread.currentThread().join();
        return 0;
    }

    // --- On the way up

    private String obstacle() {
        Map<Address, String> taken = new HashMap<>();
        Map<String, Address> wanted = new LinkedHashMap<>();
        wanted.put("--http", settings.http());
        wanted.put("--admin", settings.admin());
        wanted.put("--api", settings.api());
        for (Map.Entry<String, Address> one : wanted.entrySet()) {
            String other = taken.putIfAbsent(one.getValue(), one.getKey());
            String obstacle =
                    other == null ? one.getValue().obstacle() : other + " has the same port";
            if (!obstacle.isEmpty()) {
                return obstacle + "; " + one.getKey() + " chooses another";
            }
        }
        for (String file : settings.apply()) {
            if (!Files.isReadable(Path.of(file))) {
                return file + ": no such file";
            }
        }
        try {
            Files.createDirectories(settings.data());
        } catch (IOException e) {
            return settings.data() + " cannot be made: " + e;
        }
        return Files.isWritable(settings.data()) ? "" : settings.data() + " cannot be written to";
    }

    private Child store() {
        List<String> command =
                List.of(
                        "store",
                        "--data",
                        settings.data().toString(),
                        "--api",
                        settings.api().toString());
        return new Child("store", command, settings, console);
    }

    private Child gateway() {
        List<String> command =
                List.of(
                        "gateway",
                        "--gateway",
                        GATEWAY,
                        "--store",
                        settings.api().reachable().url(),
                        "--http",
                        settings.http().toString(),
                        "--admin",
                        settings.admin().toString(),
                        // Not in its environment: documents read there.
                        "--token-file",
                        settings.data().resolve("instance-token").toString(),
                        "--cache",
                        settings.data().resolve("cache").toString());
        return new Child("gateway", command, settings, console);
    }

    private boolean start(Child child) throws InterruptedException {
        children.addFirst(child);
        CompletableFuture<Boolean> ready = child.start();
        while (true) {
            try {
                if (ready.get(1, TimeUnit.SECONDS)) {
                    return true;
                }
                child.lastWords().forEach(console::say);
                failed(child.name() + " did not start; all that it said: " + child.log());
                return false;
            } catch (TimeoutException e) {
                console.progress("starting the " + child.name(), began);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private StoreClient client() {
        Path file = settings.data().resolve("token");
        return new StoreClient(
                settings.api().reachable().url(),
                GATEWAY,
                StoreClient.readToken(file),
                file.toString());
    }

    /** Sees to it that a first route needs no listener of its own. */
    private boolean hasListener(StoreClient client) {
        Answer listeners = client.ask("GET", "/Listener?limit=1");
        if (listeners.isGood() && !listeners.body().at("items").items().isEmpty()) {
            return true;
        }
        Map<String, Json> listener = new LinkedHashMap<>();
        listener.put("address", new Json(settings.http().ip()));
        listener.put("port", new Json(BigDecimal.valueOf(settings.http().port())));
        byte[] body = new Json(listener).compact().getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers =
                Map.of("Content-Type", "application/json", "If-None-Match", "*");
        Answer answer = client.ask("PUT", "/Listener/http", body, headers);
        boolean good = answer.isGood() || answer.status() == 412;
        if (!good) {
            answer.refusal().forEach(console::say);
            failed("the store does not take a listener; " + client.tokenHint());
        }
        return good;
    }

    private boolean hasApplied(StoreClient client) throws InterruptedException {
        return settings.apply().isEmpty()
                || new Apply(client).apply(settings.apply(), false, false) == 0;
    }

    private void greet() {
        Address http = settings.http().reachable();
        long millis = (System.nanoTime() - began) / 1_000_000;
        console.say(
                """
                Wick is up, in %.1f s. Ctrl-C ends it.
                  http   %s   an instance of the gateway "%s"
                  admin  %s   /ready /stats/prometheus /config_dump
                  store  %s   data and tokens in %s
                A first route, from another terminal:
                  %s -p 9000
                  %s apply -f examples/hello.yaml%s
                  curl http://hello.localhost:%d/"""
                        .formatted(
                                millis / 1_000.0,
                                http.url(),
                                GATEWAY,
                                settings.admin().reachable().url(),
                                settings.api().reachable().url(),
                                settings.data(),
                                webServer(),
                                System.getProperty("wick.command", "wick"),
                                clientOptions(),
                                http.port()));
    }

    /** The JDK's own, by its name alone where the PATH has it. */
    private static String webServer() {
        String path = System.getenv("PATH");
        boolean known =
                path != null
                        && Stream.of(path.split(File.pathSeparator))
                                .anyMatch(folder -> Files.exists(Path.of(folder, "jwebserver")));
        return known
                ? "jwebserver"
                : Path.of(System.getProperty("java.home"), "bin", "jwebserver").toString();
    }

    /** What a client has to be told that is not where it would look by itself. */
    private String clientOptions() {
        String store = settings.api().reachable().url();
        Path home = Path.of(System.getProperty("user.home"), ".wick");
        return (store.equals("http://127.0.0.1:8100") ? "" : " --store " + store)
                + (settings.data().equals(home) ? "" : " --data " + settings.data());
    }

    // --- On the way down

    /** The instance first: it drains while the store still answers it. */
    private void stop() {
        for (Child child : children) {
            child.stop(STOP_SECONDS);
        }
    }

    private int failed(String sentence) {
        console.say("wick: " + sentence);
        return FAILED;
    }
}
