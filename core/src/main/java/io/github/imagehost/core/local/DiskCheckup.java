package io.github.imagehost.core.local;

import com.google.common.base.Throwables;
import io.github.imagehost.core.diagnosis.Area;
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
 * Finds out whether the local disk has room, and whether files can be made and locked on it. Directories that are not there are
 * not made: the one that they will be made in is looked at.
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
        return List.of(files("data directory", data.path()), files("spool", data.spool()), room());
    }

    private static Finding files(String check, Path directory) {
        Path existing = nearest(directory);
        try (TemporaryFile file = TemporaryFile.createIn(existing, PREFIX)) {
            file.write(new byte[] {1}, 1);
            file.sync();
        } catch (IOException e) {
            if (FullDisk.isReasonOf(e, existing, 1)) {
                return Finding.of(
                                Outcome.FAILED,
                                Area.DISK,
                                check,
                                "There is no room for a file in " + existing + ": " + reason(e),
                                ROOM_ADVICE)
                        .because(e);
            }
            return Finding.of(
                            Outcome.SETTING_WRONG,
                            Area.DISK,
                            check,
                            DataDirectory.SETTING + ": no file can be made and locked in " + existing + ": "
                                    + reason(e),
                            ADVICE)
                    .because(e);
        }
        return Finding.ok(
                Area.DISK,
                check,
                Files.exists(directory)
                        ? "Files can be made and locked in " + existing
                        : "It is made when it is needed: files can be made and locked in " + existing);
    }

    private Finding room() {
        String check = "free space";
        Path directory = nearest(data.path());
        long free;
        try {
            free = Math.min(usableSpace(directory), usableSpace(nearest(data.spool())));
        } catch (IOException e) {
            return Finding.notChecked(Area.DISK, check, "The system does not tell: " + reason(e))
                    .because(e);
        }
        String seen = free / MEBIBYTE + " MiB are free in " + directory;
        if (free >= scarce) {
            return Finding.ok(Area.DISK, check, seen);
        }
        return Finding.of(free < tooLittle ? Outcome.FAILED : Outcome.WARNING, Area.DISK, check, seen, ROOM_ADVICE);
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
