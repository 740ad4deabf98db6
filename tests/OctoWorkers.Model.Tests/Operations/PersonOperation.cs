using OctoWorkers.Model.Tests.World;

namespace OctoWorkers.Model.Tests.Operations;

/// <summary>What people say.</summary>
internal abstract record PersonOperation : Operation
{
    /// <summary>Somebody answers an interruption that is pending.</summary>
    /// <param name="Place">Its place among them; one beyond the last begins anew.</param>
    /// <param name="Choice">The place of the answer among those that are possible.</param>
    /// <param name="Twice">Whether somebody else gives another answer at the same time.</param>
    public sealed record Answer(int Place, int Choice, bool Twice) : PersonOperation
    {
        public override async Task ApplyAsync(ModelWorld world)
        {
            IReadOnlyList<Interruption> pending = await world.PendingAsync();
            if (pending.Count == 0)
            {
                return;
            }

            Interruption asked = pending[Place % pending.Count];
            Task first = world.AnswerAsync(world.Front, asked, Choice);
            await (Twice ? Task.WhenAll(first, world.AnswerAsync(world.Driver, asked, Choice + 1)) : first);
        }
    }
}
