package dev.wick.gateway.draw;

import dev.wick.gateway.draw.DrawSettings.CopySettings;
import dev.wick.gateway.feed.DocumentKey;
import dev.wick.gateway.feed.HostName;
import dev.wick.gateway.feed.ListenerSet;
import dev.wick.gateway.feed.Part;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a {@link Copy}: one for each name, each document and the listener set. Encrypted,
 * under names that tell nothing; written beside and renamed, so that each is whole or not there.
 * Those that are too old, too many or not ours are removed now and then. One thread at a time.
 */
final class CopyFiles {

    /** Who may look into the folder. */
    private static final String OWNER = "rwx------";

    private static final int WRITES_BETWEEN_SWEEPS = 2_000;
    private static final int MOST_OCTETS = 16 * 1024 * 1024;

    /** What is known of one name. */
    record Host(String domain, String virtualHost) {}

    /** A document, and the clusters that it refers to. */
    record Document(Part part, List<String> clusters) {}

    private final CopySettings settings;
    private final Seal seal;
    private boolean folderMade;
    private int writes;

    CopyFiles(CopySettings settings, String gateway) {
        this.settings = settings;
        this.seal = new Seal(settings.secret(), gateway);
    }

    @Nullable Host host(HostName name) {
        return read(hostFile(name), in -> new Host(in.readUTF(), in.readUTF()));
    }

    void writeHost(HostName name, Host host) throws IOException {
        write(
                hostFile(name),
                out -> {
                    out.writeUTF(host.domain());
                    out.writeUTF(host.virtualHost());
                });
    }

    void removeHost(HostName name) throws IOException {
        Files.deleteIfExists(path(hostFile(name)));
    }

    @Nullable Document document(DocumentKey key) {
        return read(
                documentFile(key),
                in -> {
                    List<String> clusters = new ArrayList<>();
                    int count = in.readInt();
                    for (int i = 0; i < count; i++) {
                        clusters.add(in.readUTF());
                    }
                    return new Document(new Part(key, bytes(in)), clusters);
                });
    }

    void writeDocument(DocumentKey key, byte[] json, List<String> clusters) throws IOException {
        write(
                documentFile(key),
                out -> {
                    out.writeInt(clusters.size());
                    for (String cluster : clusters) {
                        out.writeUTF(cluster);
                    }
                    bytes(json, out);
                });
    }

    @Nullable ListenerSet listeners() {
        return read(
                "listeners",
                in -> {
                    int count = in.readInt();
                    List<Part> listeners = new ArrayList<>();
                    for (int i = 0; i < count; i++) {
                        DocumentKey key = new DocumentKey("Listener", in.readUTF());
                        listeners.add(new Part(key, bytes(in)));
                    }
                    return new ListenerSet("", 0, "", listeners);
                });
    }

    void writeListeners(ListenerSet set) throws IOException {
        write(
                "listeners",
                out -> {
                    out.writeInt(set.listeners().size());
                    for (Part listener : set.listeners()) {
                        byte[] json = listener.json();
                        out.writeUTF(listener.key().name());
                        bytes(json == null ? new byte[0] : json, out);
                    }
                });
    }

    private static String hostFile(HostName name) {
        return "host/" + name;
    }

    private static String documentFile(DocumentKey key) {
        return "document/" + key;
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MOST_OCTETS) {
            throw new IOException("length: " + length + " (expected: 0-" + MOST_OCTETS + ")");
        }
        return in.readNBytes(length);
    }

    private static void bytes(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private interface Reading<T> {
        T read(DataInputStream in) throws IOException;
    }

    private interface Writing {
        void write(DataOutputStream out) throws IOException;
    }

    private Path path(String name) {
        return settings.folder().resolve(seal.fileName(name));
    }

    /** Null where there is none, or none that may be used. */
    private <T> @Nullable T read(String name, Reading<T> reading) {
        try {
            byte[] plain = seal.open(name, Files.readAllBytes(path(name)));
            if (plain == null) {
                return null;
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(plain));
            long age = System.currentTimeMillis() - in.readLong();
            return age > settings.maximumAge().toMillis() ? null : reading.read(in);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, Writing writing) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(plain)) {
            out.writeLong(System.currentTimeMillis());
            writing.write(out);
        }
        makeFolder();
        Path written = Files.createTempFile(settings.folder(), "new-", ".tmp");
        try {
            Files.write(written, seal.close(name, plain.toByteArray()));
            Files.move(written, path(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
        if (writes++ % WRITES_BETWEEN_SWEEPS == 0) {
            sweep();
        }
    }

    private void makeFolder() throws IOException {
        if (!folderMade) {
            Files.createDirectories(
                    settings.folder(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER)));
            folderMade = true;
        }
    }

    private record Dated(Path path, long modified) {}

    /** Removes what is too old, and the oldest of what is too many. */
    private void sweep() throws IOException {
        List<Dated> files = new ArrayList<>();
        try (Stream<Path> paths = Files.list(settings.folder())) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                if (Seal.isFileName(path.getFileName().toString())) {
                    files.add(new Dated(path, modified(path)));
                }
            }
        }
        files.sort(Comparator.comparingLong(Dated::modified));
        long oldest = System.currentTimeMillis() - settings.maximumAge().toMillis();
        int tooMany = files.size() - settings.mostFiles();
        for (int i = 0; i < files.size(); i++) {
            if (i < tooMany || files.get(i).modified() < oldest) {
                Files.deleteIfExists(files.get(i).path());
            }
        }
    }

    /** 0 where another instance has just removed it. */
    private static long modified(Path path) {
        try {
            return Files.getLastModifiedTime(path).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }
}
