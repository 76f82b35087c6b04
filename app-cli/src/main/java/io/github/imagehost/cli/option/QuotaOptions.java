package io.github.imagehost.cli.option;

import io.github.imagehost.cli.converter.SizeConverter;
import io.github.imagehost.core.model.usage.Quota;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say how much an owner may have. */
public final class QuotaOptions {

    private static final String NO_LIMIT = "none";

    @Option(
            names = "--max-images",
            paramLabel = "NUMBER",
            converter = NumberConverter.class,
            description = "How many images the owner may have from now on; none for any number. What is there stays.")
    private Optional<OptionalLong> images = Optional.empty();

    @Option(
            names = "--max-size",
            paramLabel = "SIZE",
            converter = LimitConverter.class,
            description = "How much all of them together may have, as they were uploaded, in " + SizeConverter.LEGAL
                    + "; none for any amount.")
    private Optional<OptionalLong> bytes = Optional.empty();

    /** What is to change. */
    public Quota.Change change() {
        return new Quota.Change(images, bytes);
    }

    private static final class NumberConverter implements ITypeConverter<OptionalLong> {

        @Override
        public OptionalLong convert(String text) {
            if (text.equals(NO_LIMIT)) {
                return OptionalLong.empty();
            }
            if (!text.matches("[0-9]{1,18}")) {
                throw new TypeConversionException(
                        "'" + text + "' is no number of images; legal are whole numbers from 0, and none");
            }
            return OptionalLong.of(Long.parseLong(text));
        }
    }

    private static final class LimitConverter implements ITypeConverter<OptionalLong> {

        @Override
        public OptionalLong convert(String text) {
            return text.equals(NO_LIMIT) ? OptionalLong.empty() : OptionalLong.of(new SizeConverter().convert(text));
        }
    }
}
