package dev.wick.store.keep.raft;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.store.keep.Bundles;
import dev.wick.store.keep.FileName;
import dev.wick.store.keep.Halt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundleFilesTest {

    private static final Halt NEVER =
            (why, cause) -> {
                throw new AssertionError(why, cause);
            };

    @TempDir Path folder;
    BundleFiles files;

    @BeforeEach
    void open() throws Exception {
        files = new BundleFiles(folder, NEVER);
    }

    private FileName write(byte[]... blocks) throws IOException {
        try (Bundles.Writer writer = files.create()) {
            long root = 0;
            for (byte[] block : blocks) {
                root = writer.append(block, block.length);
            }
            return writer.finish(root);
        }
    }

    @Test
    void blocksReadBackInOrderWhateverTheyHold() throws Exception {
        byte[] noise = new byte[70_000];
        new Random(1).nextBytes(noise);
        byte[][] blocks = {"text ".repeat(5000).getBytes(), noise, new byte[0], new byte[] {1}};
        FileName file = write(blocks);
        assertEquals(Files.size(folder.resolve(file.sha256())), file.size());
        long offset = 0;
        long last = 0;
        for (byte[] block : blocks) {
            Bundles.Block read = files.read(file.sha256(), offset);
            assertArrayEquals(block, read.bytes());
            last = offset;
            offset = read.next();
        }
        assertEquals(-1, offset);
        assertEquals(last, files.root(file.sha256()));
    }

    @Test
    void equalContentHasOneName() throws Exception {
        assertEquals(write(new byte[] {1, 2}), write(new byte[] {1, 2}));
        assertEquals(1, files.list().size());
    }

    @Test
    void oneWrongByteAnywhereIsNoticed() throws Exception {
        FileName file = write("some text".getBytes(), new byte[] {5, 6, 7});
        Path path = folder.resolve(file.sha256());
        byte[] bytes = Files.readAllBytes(path);
        for (int at = 0; at < bytes.length; at++) {
            byte[] wrong = bytes.clone();
            wrong[at] ^= 0x20;
            Files.write(path, wrong);
            IOException refusal = assertThrows(IOException.class, () -> readAll(file));
            assertTrue(refusal.getMessage().contains("is damaged at byte"), refusal.getMessage());
        }
    }

    private void readAll(FileName file) throws IOException {
        files.root(file.sha256());
        for (long at = 0; at >= 0; at = files.read(file.sha256(), at).next()) {
            assertTrue(at < file.size());
        }
    }

    @Test
    void aFileThatWasNotFinishedLeavesNothingBehind() throws Exception {
        try (Bundles.Writer writer = files.create()) {
            writer.append(new byte[] {1}, 1);
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(0, left.count());
        }
    }

    @Test
    void aFileThatIsGoneIsNamedByTheException() throws Exception {
        FileName file = write(new byte[] {1});
        files.delete(file.sha256());
        files.delete(file.sha256());
        assertThrows(NoSuchFileException.class, () -> files.read(file.sha256(), 0));
    }
}
