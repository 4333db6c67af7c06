using OnBehalf.Engine.Facts;
using OnBehalf.Engine.Rules;

namespace OnBehalf.Tests.Engine.Facts;

/// <summary>Who is who, also of addresses that were met after the rules were read.</summary>
public sealed class RolesTests
{
    static readonly Roles Roles = new([Role.None, Role.Own | Role.Internal, Role.Agent], [default, default, new(2)]);

    [Fact]
    public void An_address_may_be_several_things_and_one_that_came_later_is_an_outside_party()
    {
        Assert.True(Roles.Has(new(1), Role.Own));
        Assert.True(Roles.Has(new(1), Role.Internal | Role.Agent));
        Assert.False(Roles.Has(new(1), Role.Agent));
        Assert.Equal([Role.None, Role.Own | Role.Internal, Role.Agent, Role.None, Role.None],
            Enumerable.Range(0, 5).Select(n => Roles[new(n)]));
        Assert.Equal([default, default, new(2), default, default], Enumerable.Range(0, 5).Select(n => Roles.AgentOf(new(n))));
    }
}
