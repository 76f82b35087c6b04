package io.github.imagehost.core.local;

import com.google.common.base.Throwables;
import io.github.imagehost.core.diagnosis.Answer;
import io.github.imagehost.core.diagnosis.Area;
import io.github.imagehost.core.diagnosis.Check;
import io.github.imagehost.core.diagnosis.CheckTable;
import io.github.imagehost.core.diagnosis.Checkup;
import io.github.imagehost.core.diagnosis.Finding;
import io.github.imagehost.core.diagnosis.Outcome;
import io.github.imagehost.core.files.DurableFiles;
import io.github.imagehost.core.files.FullDisk;
import io.github.imagehost.core.files.TemporaryFile;
import io.github.imagehost.core.settings.DataDirectory;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds out whether the local disk has room, and whether files can be made and locked on it. Directories that are not
 * there are not made: the one that they will be made in is looked at.
 */
public final class DiskCheckup implements Checkup {

    static final String ADVICE = "Let the user who runs this write to it, or set " + DataDirectory.SETTING
            + " to a directory on a local disk where he may";

    static final String ROOM_ADVICE = "Make room, or set " + DataDirectory.SETTING + " to a directory on another disk";

    private static final String PREFIX = "imagehost-doctor-";
    private static final long MEBIBYTE = 1024 * 1024;
    private static final long SCARCE = 1024 * MEBIBYTE;
    private static final long TOO_LITTLE = 64 * MEBIBYTE;

    private final DataDirectory data;
    private final long scarce;
    private final long tooLittle;

    /** The disk of this directory. */
    public DiskCheckup(DataDirectory data) {
        this(data, SCARCE, TOO_LITTLE);
    }

    DiskCheckup(DataDirectory data, long scarce, long tooLittle) {
        this.data = data;
        this.scarce = scarce;
        this.tooLittle = tooLittle;
    }

    @Override
    public List<Finding> run() {
        return new CheckTable(
                        Area.DISK,
                        files("data directory", data.path()),
                        files("spool", data.spool()),
                        Check.of("free space", this::room, DiskCheckup::unknownRoom))
                .run();
    }

    private static Check files(String name, Path directory) {
        Path existing = nearest(directory);
        return Check.of(name, () -> makeFile(directory, existing), failure -> explain(failure, existing));
    }

    private static Answer makeFile(Path directory, Path existing) throws IOException {
        try (TemporaryFile file = TemporaryFile.createIn(existing, PREFIX)) {
            file.write(new byte[] {1}, 1);
            file.sync();
        }
        return Answer.ok((Files.exists(directory) ? "Files" : "It is made when it is needed: files")
                + " can be made and locked in " + existing);
    }

    private static Answer explain(Exception failure, Path existing) {
        return failure instanceof IOException e && FullDisk.isReasonOf(e, existing, 1)
                ? Outcome.FAILED.answer(
                        "There is no room for a file in " + existing + ": " + reason(failure), ROOM_ADVICE)
                : Outcome.SETTING_WRONG.answer(
                        DataDirectory.SETTING + ": no file can be made and locked in " + existing + ": "
                                + reason(failure),
                        ADVICE);
    }

    private Answer room() throws IOException {
        Path directory = nearest(data.path());
        long free = Math.min(usableSpace(directory), usableSpace(nearest(data.spool())));
        String seen = free / MEBIBYTE + " MiB are free in " + directory;
        if (free >= scarce) {
            return Answer.ok(seen);
        }
        return free < tooLittle ? Outcome.FAILED.answer(seen, ROOM_ADVICE) : Outcome.WARNING.answer(seen, ROOM_ADVICE);
    }

    private static Answer unknownRoom(Exception failure) {
        return Answer.notChecked("The system does not tell: " + reason(failure));
    }

    private static long usableSpace(Path directory) throws IOException {
        return Files.getFileStore(directory).getUsableSpace();
    }

    /** The directory itself, or the one that it will be made in. */
    private static Path nearest(Path directory) {
        return Stream.iterate(directory.toAbsolutePath().normalize(), DurableFiles::parentOf)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    /** What the operating system said. */
    static String reason(Exception failure) {
        Throwable root = Throwables.getRootCause(failure);
        if (root instanceof AccessDeniedException) {
            return "access is denied";
        }
        return root instanceof FileSystemException e && e.getReason() != null
                ? e.getReason()
                : String.valueOf(root.getMessage());
    }
}
