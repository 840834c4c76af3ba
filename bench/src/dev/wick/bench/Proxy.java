package dev.wick.bench;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * {@code ./wick bench proxy}: what a proxied request costs once all is warm. CPU of the proxy alone per request, throughput, and
 * latency at a rate that all can serve: half of what the slowest peer does flat out. In several scenes; see {@link Scene}.
 */
final class Proxy {

    private final Options options;
    private final Bench bench;
    private final H2load load;
    private final Wick.Store store;

    private Proxy(Options options, Bench bench) throws IOException {
        this.options = options;
        this.bench = bench;
        this.load = new H2load(bench.folder());
        this.store = bench.closing(new Wick.Store(bench.home(), bench.folder()));
    }

    public static void main(String[] arguments) throws Exception {
        Options options =
                new Options(
                        arguments,
                        "--scenes", "plain,production,routes,h2,grpc",
                        "--rounds", "5",
                        "--seconds", "4",
                        "--warm-up", "15",
                        "--connections", "64",
                        "--rate", "0",
                        "--hosts", "10",
                        "--routes", "10000",
                        "--only", "");
        Bench.run(bench -> new Proxy(options, bench).run());
    }

    private void run() throws Exception {
        List<Scene> scenes = options.list("--scenes").stream().map(Scene::named).toList();
        int grpcPort = Proc.freePort();
        bench.startBackend();
        if (scenes.contains(Scene.GRPC)) {
            bench.startGrpcBackend(grpcPort);
        }
        for (Scene scene : scenes) {
            int hosts = scene == Scene.ROUTES ? 1 : options.number("--hosts");
            int port = scene == Scene.GRPC ? grpcPort : bench.backendPort();
            Task task = new Task(hosts, port, bench.folder(), scene, options.number("--routes"));
            try (SceneRun run = new SceneRun(options, bench, load, task)) {
                System.out.println(run.measured(contestants(scene)));
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%d connections or streams, one h2load thread, %d hosts, medians of %d rounds of %d s in random order [smallest..largest].%n"
                        + "CPU: user and system time of the proxy alone. Rate of the latencies: half of the slowest peer's throughput, unless --rate said one.%n"
                        + "All on these cores: h2load, proxy, backend (dev.wick.bench.Backend, GrpcBackend: JDK selector loops).%n",
                options.number("--connections"), options.number("--hosts"), options.number("--rounds"), options.number("--seconds"));
    }

    private List<Contestant> contestants(Scene scene) {
        String log = scene == Scene.PRODUCTION ? bench.folder().resolve("wick-access.log").toString() : "off";
        return bench.present(
                List.of(
                        new Wick("Wick", bench.home(), bench.folder(), store, "--access-log", log),
                        new Envoy(bench.home()),
                        new Nginx(),
                        new HaProxy()),
                options.list("--only"));
    }
}
