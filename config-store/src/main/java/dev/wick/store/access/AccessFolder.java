package dev.wick.store.access;

import dev.wick.store.keep.Keep;
import dev.wick.store.keep.Pin;
import dev.wick.store.keep.Proposal;
import dev.wick.store.keep.StoreUnusable;
import dev.wick.store.keep.Stored;
import dev.wick.store.keep.Unwritten;
import dev.wick.store.revision.Change;
import dev.wick.store.revision.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The files of a data folder that let people in: {@code token}, {@code instance-token} and {@code
 * key}, all readable by their owner alone.
 */
public final class AccessFolder {

    private static final String KIND = "Key";

    private final Path folder;

    public AccessFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * The keys under which this store's secrets are: those given, else those of the folder. A store
     * that was never started makes one.
     *
     * @param given {@code WICK_STORE_KEY}, or null
     * @param older {@code WICK_STORE_OLD_KEYS}, or null
     * @throws StoreUnusable there is none, it has no such form, or it is not the one that this data
     *     was written under
     */
    public KeyRing keys(Keep keep, @Nullable String given, @Nullable String older)
            throws StoreUnusable {
        Path file = folder.resolve("key");
        boolean first = keep.head(Tokens.GATEWAY) == 0;
        KeyRing keys;
        try {
            if (given != null && !given.isBlank()) {
                keys = given(given, older);
            } else if (Files.exists(file)) {
                keys = KeyRing.parse(file.toString(), Files.readString(file));
            } else if (first) {
                keys = KeyRing.of(KeyEncryptionKey.generate());
                keep(keys);
            } else {
                throw new StoreUnusable(
                        file
                                + ": missing, and WICK_STORE_KEY is not set (expected: the key that this store's secrets are encrypted under)");
            }
        } catch (IllegalArgumentException e) {
            throw new StoreUnusable(String.valueOf(e.getMessage()), e);
        } catch (Unwritten e) {
            throw new StoreUnusable(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new StoreUnusable(file + ": " + e, e);
        }
        if (!first) {
            checkKnown(keep, keys);
        }
        return keys;
    }

    private static KeyRing given(String current, @Nullable String older) {
        KeyEncryptionKey key = KeyEncryptionKey.parse("WICK_STORE_KEY", current);
        return older == null || older.isBlank()
                ? KeyRing.of(key)
                : KeyRing.parse("WICK_STORE_OLD_KEYS", older).under(key);
    }

    /** Writes the folder's own keys; durable when this returns. */
    void keep(KeyRing keys) throws Unwritten {
        write(folder.resolve("key"), keys.text());
        force();
    }

    /** Makes the names of files durable: a name that is lost after a loss of power is the file. */
    private void force() throws Unwritten {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw new Unwritten(folder + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Before anything is opened: whether given keys, if there are some, can be that. */
    public static void checkForm(@Nullable String given, @Nullable String older)
            throws StoreUnusable {
        try {
            if (given != null && !given.isBlank()) {
                given(given, older);
            } else if (older != null && !older.isBlank()) {
                throw new StoreUnusable(
                        "WICK_STORE_OLD_KEYS: set (expected: with WICK_STORE_KEY, the current"
                                + " one)");
            }
        } catch (IllegalArgumentException e) {
            throw new StoreUnusable(String.valueOf(e.getMessage()), e);
        }
    }

    private static void checkKnown(Keep keep, KeyRing keys) throws StoreUnusable {
        try (Pin pin = keep.pin(Tokens.GATEWAY)) {
            List<String> known =
                    pin.page(KIND, null, 100).stream().map(Stored::key).map(k -> k.name()).toList();
            if (known.stream().noneMatch(id -> keys.byId(id) != null)) {
                throw new StoreUnusable(
                        "store key: "
                                + keys.ids()
                                + " (expected: "
                                + String.join(" or ", known)
                                + ", the key that this store's secrets are encrypted under)");
            }
        }
    }

    /**
     * On the first start of a store: an admin's and an instance's token, each in its file before it
     * is valid.
     */
    public void begin(Keep keep, Tokens tokens, KeyEncryptionKey key) throws StoreUnusable {
        if (keep.head(Tokens.GATEWAY) > 0) {
            return;
        }
        Tokens.Issued admin = tokens.issue(Role.ADMIN, "made at the first start");
        Tokens.Issued instance = tokens.issue(Role.INSTANCE, "made at the first start");
        try {
            write(folder.resolve("token"), admin.text());
            write(folder.resolve("instance-token"), instance.text());
            force();
        } catch (Unwritten e) {
            throw new StoreUnusable(String.valueOf(e.getMessage()), e);
        }
        byte[] made = admin.token().created().toString().getBytes(StandardCharsets.UTF_8);
        Proposal proposal =
                new Proposal(
                        0,
                        UUID.randomUUID().toString(),
                        "store",
                        "first start",
                        List.of(
                                admin.change(),
                                instance.change(),
                                Change.put(KIND, key.id(), made)));
        Outcome outcome;
        try {
            outcome = keep.commit(Tokens.GATEWAY, proposal).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new StoreUnusable("the first tokens could not be kept: " + e.getCause(), e);
        }
        if (!(outcome instanceof Outcome.Committed)) {
            throw new StoreUnusable("the first tokens could not be kept: " + outcome);
        }
        tokens.read();
    }

    /** Whole or not at all, and never readable by others. */
    private static void write(Path file, String line) throws Unwritten {
        try {
            FileAttribute<?> owner =
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"));
            Path temporary = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(temporary);
            try (FileChannel channel =
                    FileChannel.open(
                            temporary,
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                            owner)) {
                ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Unwritten(file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
