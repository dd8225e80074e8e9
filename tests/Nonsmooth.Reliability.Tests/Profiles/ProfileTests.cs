using Nonsmooth.Reliability.Profiles;

namespace Nonsmooth.Reliability.Tests.Profiles;

public class ProfileTests
{
    [Fact]
    public void IsFoundByName() => Assert.All(Profile.All, p => Assert.Same(p, Profile.Find(p.Name)));

    [Fact]
    public void AnUnknownNameIsAnsweredWithTheNearest()
    {
        var error = Assert.Throws<NonsmoothException>(() => Profile.Find("torch"));
        Assert.Contains("give one of 11, as libtorch-2.10, libtorch-2.14, ", error.Message, StringComparison.Ordinal);
    }
}
