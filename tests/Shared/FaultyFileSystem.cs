using Nonsmooth.Data.Files;

namespace Nonsmooth.Tests.Shared;

/// <summary>
/// The disk, until operation number <paramref name="failAt"/>. There it is full: that operation throws; or the
/// process is killed: that operation and all later ones do nothing but throw, clean-up included.
/// </summary>
internal sealed class FaultyFileSystem(int failAt, bool kill) : IFileSystem
{
    private readonly PhysicalFileSystem disk = PhysicalFileSystem.Instance;
    private int operations;

    public bool HasFailed { get; private set; }

    public Stream Create(string path)
    {
        Step();
        return new FaultyStream(disk.Create(path), this);
    }

    public void Sync(Stream stream)
    {
        Step();
        disk.Sync(((FaultyStream)stream).Inner);
    }

    public void SyncFolder(string folder)
    {
        Step();
        disk.SyncFolder(folder);
    }

    public void Rename(string from, string to)
    {
        Step();
        disk.Rename(from, to);
    }

    public void Preserve(string path, string backup)
    {
        Step();
        disk.Preserve(path, backup);
    }

    public void Delete(string path)
    {
        Step();
        disk.Delete(path);
    }

    public void DeleteUnused(string path)
    {
        Step();
        disk.DeleteUnused(path);
    }

    public bool Exists(string path) => disk.Exists(path);

    public IEnumerable<string> List(string folder, string pattern) => disk.List(folder, pattern);

    private void Step()
    {
        if (operations++ == failAt || (HasFailed && kill))
        {
            HasFailed = true;
            throw kill ? new KilledException() : new IOException("No space left on device");
        }
    }

    internal sealed class KilledException : Exception;

    private sealed class FaultyStream(Stream inner, FaultyFileSystem owner) : Stream
    {
        public Stream Inner => inner;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count)
        {
            owner.Step();
            inner.Write(buffer, offset, count);
        }

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
