using Mainstreet.Infrastructure.Security;
using Microsoft.Extensions.Logging;

namespace Mainstreet.Application.Tests.Security;

public sealed class MasterKeyOfAnInstallation : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"mainstreet-key-{Guid.NewGuid():N}");

    private string KeyFile => Path.Combine(folder, "master.key");

    public void Dispose()
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public void Outside_Development_a_missing_key_ends_the_start(string environment)
    {
        Should.Throw<InvalidOperationException>(() => TestKeys.Load(null, environment, folder)).Message.ShouldContain("Security:MasterKey");
        Directory.Exists(folder).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    public void A_key_that_is_not_32_bytes_ends_the_start_and_is_not_repeated(string text)
    {
        var message = Should.Throw<InvalidOperationException>(() => TestKeys.Load(text)).Message;
        message.ShouldContain("Security:MasterKey");
        (text.Length > 0 && message.Contains(text)).ShouldBeFalse();
    }

    [Fact]
    public void Development_makes_one_once_for_its_owner_only_and_says_where()
    {
        var log = new RecordingLogger();
        var first = TestKeys.Load(null, "Development", folder, log);
        var second = TestKeys.Load(null, "Development", folder, log);

        second.Id.ShouldBe(first.Id);
        log.Lines.ShouldHaveSingleItem().ShouldContain(KeyFile);
        log.Lines[0].ShouldNotContain(File.ReadAllText(KeyFile).Trim());
        Directory.GetFiles(folder).ShouldHaveSingleItem();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(KeyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void Of_many_that_start_at_once_all_have_the_same_key()
    {
        var ids = new string[16];
        Parallel.For(0, ids.Length, i => ids[i] = TestKeys.Load(null, "Development", folder).Id);

        ids.Distinct().ShouldHaveSingleItem();
        Directory.GetFiles(folder).ShouldHaveSingleItem();
    }

    [Fact]
    public void What_is_derived_depends_on_key_and_purpose_alone()
    {
        var one = TestKeys.Master();

        one.Derive("a").ShouldBe(TestKeys.Master().Derive("a"));
        one.Derive("a").ShouldNotBe(one.Derive("b"));
        one.Derive("a").ShouldNotBe(TestKeys.Master(8).Derive("a"));
        one.Derive("a", 48).Length.ShouldBe(48);
    }

    private sealed class RecordingLogger : ILogger<MasterKey>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add(formatter(state, exception));
    }
}
