package dev.wick.cli.command;

import dev.wick.cli.arguments.UsageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Several files as one text, and the way back: a place in the text is a line of a file.
 *
 * @param text documents parted by lines of {@code ---}, or JSON documents in a row
 */
record Bundle(String text, boolean json, List<Part> parts) {

    /**
     * As {@code body:12} or {@code body:12:3}, at the start or where a refusal names the first of
     * two; a name like {@code Cluster/a} is no place.
     */
    private static final Pattern PLACE =
            Pattern.compile(
                    "(?:^|(?<=; the first is at ))[^/: ]*:([0-9]+)((?::[0-9]+)?)(?=[ :]|\\)?$)");

    /**
     * @param firstLine the line of the text, counted from 1, on which the file begins
     */
    record Part(String file, int firstLine) {}

    /** Reads the files, {@code -} being standard input. */
    static Bundle of(List<String> files) {
        List<String> texts = files.stream().map(Bundle::read).toList();
        boolean json = texts.stream().allMatch(Bundle::looksLikeJson);
        List<Part> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int line = 1;
        for (int i = 0; i < files.size(); i++) {
            if (!json && files.size() > 1) {
                text.append("---\n");
                line++;
            }
            parts.add(new Part(files.get(i).equals("-") ? "stdin" : files.get(i), line));
            String part = texts.get(i).endsWith("\n") ? texts.get(i) : texts.get(i) + "\n";
            text.append(part);
            line += (int) part.chars().filter(c -> c == '\n').count();
        }
        return new Bundle(text.toString(), json, parts);
    }

    private static String read(String file) {
        try {
            byte[] bytes =
                    file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UsageException(file + ": another encoding (expected: UTF-8)");
        } catch (IOException e) {
            String why = Files.exists(Path.of(file)) ? "cannot be read" : "no such file";
            throw new UsageException(file + ": " + why);
        }
    }

    private static boolean looksLikeJson(String text) {
        String start = text.stripLeading();
        return start.startsWith("{") || start.startsWith("[");
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    String contentType() {
        return json ? "application/json" : "application/yaml";
    }

    /** A line of a refusal, with its places in the bundle told as places in files. */
    String located(String refusal) {
        return PLACE.matcher(refusal).replaceAll(place -> Matcher.quoteReplacement(inFile(place)));
    }

    private String inFile(MatchResult place) {
        int line = Integer.parseInt(place.group(1));
        Part in = parts.getFirst();
        for (Part part : parts) {
            in = part.firstLine() <= line ? part : in;
        }
        int there = Math.max(1, line - in.firstLine() + 1);
        return in.file() + ":" + there + place.group(2);
    }
}
