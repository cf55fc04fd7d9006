using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Xunit;

namespace MlNetShallowNet.Tests.Persistence;

public sealed class SafeFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string PathOf(string name) => Path.Combine(_folder, name);

    private static void Write(string path, string text) => SafeFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private string[] Files => [.. Directory.GetFileSystemEntries(_folder).Select(f => Path.GetFileName(f)!)];

    [Fact]
    public void AFailureLeavesTheOldFileAndNothingBeside()
    {
        Write(PathOf("a"), "old");
        Assert.Throws<InvalidOperationException>(() => SafeFile.Write(PathOf("a"), stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));
        SafeFile.CheckWritable(PathOf("a"));
        SafeFile.CheckWritable(PathOf("b"));
        Assert.Equal("old", File.ReadAllText(PathOf("a")));
        Assert.Equal(["a"], Files);
    }

    [Fact]
    public async Task WhoWatchesAFileForChangesIsToldThatItWasReplaced()
    {
        Write(PathOf("a"), "old");
        var changed = new ConcurrentQueue<string>();
        var ended = new TaskCompletionSource();
        using var watcher = new FileSystemWatcher(_folder);
        watcher.Changed += (_, change) => changed.Enqueue(change.Name!);
        watcher.Deleted += (_, _) => ended.SetResult(); // events come in their order, so that this is the last
        File.WriteAllText(PathOf("end"), "");
        watcher.EnableRaisingEvents = true;
        Write(PathOf("a"), "new");
        File.Delete(PathOf("end"));
        await ended.Task;
        Assert.Contains("a", changed);
    }

    [Fact]
    public void WhatAKilledRunLeftIsClearedButNotWhatAnotherWrites()
    {
        Write(PathOf("a"), "old");
        string abandoned = PathOf($".{SafeFile.Mark("a")}.x.tmp"), strange = PathOf("other.tmp");
        File.WriteAllText(abandoned, "half");
        File.WriteAllText(strange, "theirs");
        SafeFile.Write(PathOf("a"), first =>
        {
            first.WriteByte((byte)'1');
            Write(PathOf("a"), "2");
            Assert.Equal("2", File.ReadAllText(PathOf("a")));
        });
        Assert.Equal("1", File.ReadAllText(PathOf("a")));
        Assert.Equal(["a", "other.tmp"], Files.Order());
    }

    [Fact]
    public void PermissionsAreKeptAndLinksFollowed()
    {
        if (OperatingSystem.IsWindows())
            return;
        Write(PathOf("a"), "old");
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherWrite;
        File.SetUnixFileMode(PathOf("a"), mode);
        File.CreateSymbolicLink(PathOf("link"), "a");
        File.CreateSymbolicLink(PathOf("new-link"), "b");
        Write(PathOf("link"), "new");
        Write(PathOf("new-link"), "fresh");
        Assert.Equal("new", File.ReadAllText(PathOf("a")));
        Assert.Equal(mode, File.GetUnixFileMode(PathOf("a")));
        Assert.Equal("fresh", File.ReadAllText(PathOf("b")));
        Assert.NotNull(new FileInfo(PathOf("link")).LinkTarget);
        Assert.NotNull(new FileInfo(PathOf("new-link")).LinkTarget);
    }

    [Fact]
    public void TheOwnerIsKeptWhereTheSystemAllows()
    {
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
            return;
        Write(PathOf("a"), "old");
        using (Process chown = Process.Start("chown", ["12345:23456", PathOf("a")]))
            chown.WaitForExit();
        Write(PathOf("a"), "new");
        var owner = MlNetShallowNet.Persistence.FileOwner.Of(PathOf("a"))!;
        Assert.Equal((12345u, 23456u, true), (owner.User, owner.Group, owner.IsRegular));
    }

    [Fact]
    public void LongNamesAreWrittenAsLongAsTheSystemTakesThem()
    {
        foreach (int length in new[] { 244, 255 })
        {
            Write(PathOf(new string('n', length)), "x");
            Assert.Equal("x", File.ReadAllText(PathOf(new string('n', length))));
        }

        Assert.Contains("longer", Refusal(PathOf(new string('n', 256))));
    }

    [Theory]
    [InlineData(".", "directory")]
    [InlineData("none/a", "no directory")]
    [InlineData("loop", "circle")]
    [InlineData("/dev/null", "device")]
    [InlineData("pipe", "pipe")]
    public void WhatCanBeNoFileIsToldBeforeTheWork(string name, string told)
    {
        if (OperatingSystem.IsWindows())
            return;
        File.CreateSymbolicLink(PathOf("loop"), "pool");
        File.CreateSymbolicLink(PathOf("pool"), "loop");
        using (Process fifo = Process.Start("mkfifo", [PathOf("pipe")]))
            fifo.WaitForExit();
        string message = Refusal(PathOf(name));
        Assert.Contains(told, message);
        Assert.Single(message.Split('\n'));
    }

    [Fact]
    public void FilesInMemoryAreFiles()
    {
        if (!Directory.Exists("/dev/shm"))
            return;
        string path = $"/dev/shm/safe-file-test-{Guid.NewGuid():N}";
        try
        {
            SafeFile.CheckWritable(path);
            Write(path, "old");
            Write(path, "new");
            Assert.Equal("new", File.ReadAllText(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Refusal(string path)
    {
        string message = Assert.Throws<IOException>(() => SafeFile.CheckWritable(path)).Message;
        bool began = false;
        Assert.Equal(message, Assert.Throws<IOException>(() => SafeFile.Write(path, _ => began = true)).Message);
        Assert.False(began);
        return message;
    }
}
