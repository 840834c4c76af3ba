package dev.wick.e2e.harness;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that holds a listening socket, as systemd or inetd would, and starts one instance after
 * the other with it as their standard input: {@code PORT COMMAND...}. Each line of its own standard
 * input, {@code start}, starts one; with its end all end.
 */
public final class SocketHolder {

    private static final int AF_INET = 2;
    private static final int SOCK_STREAM = 1;
    private static final int BACKLOG = 64;

    private static final Linker LINKER = Linker.nativeLinker();

    private SocketHolder() {}

    /** How to start one that holds {@code port} and runs {@code command} in {@code environment}. */
    static Child start(int port, java.util.Map<String, String> environment, List<String> command) {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                Wick.java(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:+UseSerialGC",
                                "-cp",
                                SocketHolder.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .getPath(),
                                SocketHolder.class.getName(),
                                Integer.toString(port)));
        all.addAll(command);
        return Child.start("holder", all, environment, Wick.home());
    }

    public static void main(String[] arguments) throws Exception {
        int commands = call("dup", 0);
        hold(Integer.parseInt(arguments[0]));
        List<String> command = List.of(arguments).subList(1, arguments.length);
        System.out.println("ready: holding port " + arguments[0]);
        List<Process> started = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                new FileInputStream("/proc/self/fd/" + commands),
                                StandardCharsets.UTF_8))) {
            while (lines.readLine() != null) {
                started.add(instance(command));
            }
        }
        // A launcher that has not become its instance yet may have children of its own.
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        for (Process process : started) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private static Process instance(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().remove("WICK_PARENT");
        Process process = builder.start();
        System.out.println("started " + process.pid());
        process.onExit().thenRun(() -> System.out.println("ended " + process.pid()));
        return process;
    }

    /** Makes a blocking socket that listens, and puts it in the place of standard input. */
    private static void hold(int port) throws Exception {
        int socket = call("socket", AF_INET, SOCK_STREAM, 0);
        try (Arena arena = Arena.ofConfined()) {
            ByteBuffer address = ByteBuffer.allocate(16);
            address.put(0, (byte) AF_INET).putShort(2, (short) port);
            address.put(4, InetAddress.getByName("127.0.0.1").getAddress());
            MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, address.array());
            MethodHandle bind =
                    LINKER.downcallHandle(
                            LINKER.defaultLookup().find("bind").orElseThrow(),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS,
                                    ValueLayout.JAVA_INT));
            check("bind", (int) bind.invokeWithArguments(socket, bytes, 16));
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        call("listen", socket, BACKLOG);
        call("dup2", socket, 0);
    }

    private static int call(String function, Integer... arguments) {
        ValueLayout.OfInt[] layouts = new ValueLayout.OfInt[arguments.length];
        java.util.Arrays.fill(layouts, ValueLayout.JAVA_INT);
        MethodHandle handle =
                LINKER.downcallHandle(
                        LINKER.defaultLookup().find(function).orElseThrow(),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, layouts));
        try {
            return check(function, (int) handle.invokeWithArguments((Object[]) arguments));
        } catch (Throwable e) {
            throw new IllegalStateException(function, e);
        }
    }

    private static int check(String function, int result) {
        if (result < 0) {
            throw new IllegalStateException(function + ": " + result + " (expected: 0 or more)");
        }
        return result;
    }
}
