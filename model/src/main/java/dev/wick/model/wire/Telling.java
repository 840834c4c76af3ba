package dev.wick.model.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Gathers settings while a value is told, field by field. Used by one thread. */
final class Telling {

    private final List<Setting> settings = new ArrayList<>();
    private String name = "";
    private boolean said = true;

    List<Setting> settings() {
        return settings;
    }

    /**
     * Tells what stands in a field, or in a place of a list.
     *
     * @param part as {@code timeout} or {@code [0]}
     * @param isSaid whether it is there to be read, if what it stands in is
     * @param content tells the rest; where all of it is by default, that it is there at all is told
     */
    void within(String part, boolean isSaid, Runnable content) {
        String outerName = name;
        boolean outerSaid = said;
        name = name.isEmpty() || part.startsWith("[") ? name + part : name + "." + part;
        said = said && isSaid;
        int begin = settings.size();
        content.run();
        if (said && settings.subList(begin, settings.size()).stream().noneMatch(Setting::said)) {
            settings.add(begin, new Setting(name, "{}", true));
        }
        name = outerName;
        said = outerSaid;
    }

    /** A value that has no fields to tell. */
    <T> void value(Type<T> type, T value) {
        if (value instanceof String text) {
            words(text.isEmpty() ? "\"\"" : text);
        } else {
            words(type.isEmpty(value) ? "none" : written(type, value));
        }
    }

    private static <T> String written(Type<T> type, T value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JsonTokens.FACTORY.createGenerator(text)) {
            type.write(value, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String json = text.toString();
        return json.startsWith("\"") ? json.substring(1, json.length() - 1) : json;
    }

    /** What it comes to, in words. */
    void words(String value) {
        settings.add(new Setting(name, value, said));
    }
}
