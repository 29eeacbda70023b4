"""What people say they are sorry for: what no apology mends, and what one is for; many voices, one hand."""

from __future__ import annotations

DONE_TO_THEM = """I pushed you.
i pushed her and she fell over the table
I shoved you out of the kitchen.
I grabbed her by the arm so she couldn't leave
I grabbed your wrist and didn't let go.
I slapped him across the face.
I gave her a slap.
I hit Anna.
I punched the wall next to your head.
I kicked the door in.
I threw my phone at you.
I threw a glass across the room
I smashed her phone because she wouldn't show me the messages
I broke your phone when we fought.
I ripped up your photos
I held you down on the bed.
I stood in front of the door and did not let you go.
I blocked your way to the stairs
i wouldnt let her leave the room
I locked you in the bathroom.
I took the car keys so that you could not drive away.
I followed you home from work.
I followed her car last night
I checked your phone every night for months.
I went through her phone while she slept
I put a tracker in your bag.
I put an app on his phone to see where he is
I tracked your location without telling you.
I waited outside her flat after she told me to stop.
I turned up at your work again and again.
I rang you forty times and then came to your house.
I said I would kill you.
I told her I'd take the kids if she left me
I threatened you.
I threatened to post your pictures.
I raised my fist at you.
I screamed in your face and backed you into the corner.
I cornered her in the hallway.
I held a knife while I shouted at you.
I drove like mad so that you would be scared.
I pressured you into sex.
I kept touching you after you said no.
I had sex with her when she was too drunk.
I touched you while you slept.
I kissed her though she turned away.
I made you have sex when you didn't want to.
I pulled your hair.
I spat at you.
I bit him in the arm
I shook our baby because he would not stop crying.
I smacked my son.
I beat our son with a belt.
I kicked your dog.
I put my hands around your throat.
I choked her.
I got physical with you.
I was violent.
I dragged you to the car.
I hurt you physically, you had bruises on your arms.
I lost it and shoved him against the wall.
I gave you a push and you hit your head on the shelf.
Shoved my brother down the steps at the party
I put my fist through the bathroom door.
I flipped the table when you laughed.
I chucked the remote at her head.
I smashed his guitar
I squeezed your arm so tight it left marks
I held her wrists until she stopped screaming.
i sat on him so he couldnt get up
I wouldn't get out of the doorway when you asked me to.
I hid your keys so you couldn't go to your sister.
I took your phone off you so you could not call anyone.
I read all her messages every night while she was asleep
I made you share your location with me and checked it all day.
I hid a camera in the bedroom.
I followed him to the gym to see who he meets.
I sat in my car outside your house for three nights.
I told you I would burn your stuff if you left.
I threatened to send the photos to your mother.
I said I'd hurt myself if you went out with your friends.
I yelled right in your face and blocked you from leaving.
I lifted my hand as if to hit her.
I drove too fast on purpose because you were scared.
I did not stop when you said no in bed.
I talked you into sex you did not want.
I felt you up while you were asleep.
I slapped my daughter.
I spanked our little one hard.
I grabbed the baby too roughly.
I killed your fish in anger.
We fought and it got physical.
You flinched when I came near, because I hit you last year.
I hit Tom in the pub
I twisted his ear until he cried.
I poured my beer over your head.
I ripped the phone out of her hand
I dragged him out of bed by his feet
I choked you during sex and you had not agreed.
I pinched the kids when they would not sit still
I was rough with her.
I pushed you into the fridge.
i clipped my son round the ear
I got hold of her jacket and swung her round
I kicked you in the shin.
I threw my boots at your brother.
I put a hole in the door with my fist.
I broke all the plates in the kitchen.
I tore up her passport.
I stood in the hallway so you could not get past.
I kept you in the car until you said yes.
I locked the front door and took the key.
I checked your messages every time you showered.
I use an app to see where she is all day.
I followed you into the bathroom and would not go.
I kept turning up at her mum's house.
I told him I would smash his face in.
I said if you leave I'll take the children.
I raised my arm and you ducked.
I frightened you with the knife.
I pressed you until you slept with me.
I put my hand between her legs and she did not want it.
I sent your naked picture to my mate.
I bit your lip on purpose.
I hit our son on the bottom with a wooden spoon
I held a pillow over your face.
I hit you back.
I smacked Jonas.
I lost my temper and grabbed you by the collar.
I was violent towards you last night.
I slapped your hand away and then your face.
I pushed mum when she took the bottle away.
I hit you across the mouth.
I got you by the throat.
I kneed him in the belly
I threw hot tea over her.
I smashed the mirror in front of the kids.
I punched a hole in the wall next to you.
I blocked the hallway and you had to squeeze past.
I would not let her out of the car.
I hid his passport so he had to stay.
I searched your bag and your phone while you were in the shower.
I put AirTags in her coat.
I followed you from the bar to your flat.
I threatened him with a bottle.
I scared you on purpose with the car.
I kissed you against your will.
I forced you to have sex with me.
I spat in his face.
I beat my brother up.
I shook her by the shoulders.
I pulled you off the sofa by your leg
I wrestled you to the floor.
I hurt her physically.
We hit each other and I hit harder.
I slapped her bum and she told me to stop.
I grabbed you so hard you had bruises.
i lost control and my hand hit her face
I got in your way so you could not leave the flat.
i pushed u off the chair
I threw your laptop on the floor
I smashed a plate next to your head
I pulled you back by your coat.
I held on to your wrist although you said it hurts.
I forced you to stay and listen.
I broke down the bathroom door when you hid from me.
I tipped over the table in front of the kids.
I slapped you once, in March.
I spat on your shoes.
I hit the dog and you cried.
I read your chats every night behind your back.
I looked up where you were with the app, ten times a day.
I drove to your work to see if you were really there.
I called you at work thirty times in a day.
I said if you go I will hurt myself.
I told you nobody would believe you and that I would take the kids.
I slept with you though you were asleep.
I pressured you until you gave in to sex.
I put my hand over your mouth.
I kneeled on your arms.
I swung my fist at you and missed.
I grabbed the phone out of your hand and threw it.
I shook the kid.
I twisted your finger until you gave me the password.
I would not give your keys back until you talked to me.
I was aggressive and you were scared of me.
I rammed my shoulder into him.
I shoved the table at you.
I clouted our boy.
I laid hands on her.
I went for him with a bottle.
I wrenched the bag from your shoulder.
I barred the door with a chair.
I took the wheel and would not let you out.
I cut up your dresses.
I keyed her car.
I put my foot through your guitar.
I checked your location all evening.
I made a fake account to watch you.
I had your sister followed.
I camped outside your door.
I warned you what would happen if you told anyone.
I said you would be sorry if you left.
I used to hit you when I drank.
I hit you and the kids saw it.
I touched you under the skirt when you did not want it.
I carried on having sex when you froze.
I threatened to kick your door in.
I scared you with my fist.
I gripped your jaw.
I nearly strangled him.""".splitlines()

ONLY_WORDS = """I pushed you too hard to decide.
I pushed for an answer.
I pushed you away when you wanted to be close.
I pushed you to apply for that job.
I pushed her into a decision.
I pushed your buttons.
I pushed him about the wedding all week.
I pushed back too hard in the meeting.
I broke my promise.
I broke your trust.
I broke your favourite mug by accident.
I broke your cup and did not tell you.
I broke up with you by text.
I broke our deal about the money.
I hurt her.
I hurt you with what I said.
I hurt my brother's feelings at dinner.
I yelled.
I yelled at you in front of the kids.
I screamed at you on the phone.
I lied.
I lied to you about the debt.
I slammed the door and walked out.
I hung up on you.
I hit a nerve and I knew it.
I hit send before I thought about it.
I hit you with all that on your birthday.
I threw it back in your face that you lost your job.
I threw away your letters without asking.
I threw a tantrum over the dishes.
I threw out your plant.
I blocked you on WhatsApp for a week.
I blocked your number after the fight.
I shut you out.
I locked myself in and did not answer.
I held a grudge for months.
I held it against you that you were late.
I grabbed the last ticket without asking you.
I grabbed the remote and changed the channel.
I kicked off about nothing.
I kicked you out of the group chat.
I shook my head while you spoke.
I dragged you to that party.
I dragged my feet over the repairs.
I followed my own plan and forgot yours.
I checked out while you were talking.
I checked my phone all through dinner.
I read your messages.
I forgot to pick you up and you waited in the rain.
I told your secret to Ben.
I called you a cow in front of your mum.
I made fun of your stammer.
I ignored you for two days.
I took your side of the bed and your patience.
I beat you at cards and gloated.
I spat out that you were boring.
I kissed someone else at the party.
I cheated on you.
I said I would come and I did not.
I put you under pressure about the move.
I forced a smile and let you do all the work.
I made you late for work.
I turned up an hour late.
I punched in the wrong number and missed your call.
You cried and went to your mother's.
You were hurt and did not talk to me for a week.
I will count to ten before I answer.
I'd like to pay for the repair.
I pushed the meeting back and did not tell you.
I pushed you to talk about your father when you did not want to.
I shoved my opinion down your throat.
I threw you under the bus in front of our boss.
I threw your birthday present together at the last minute.
I dropped your phone and the screen broke.
I broke the vase your gran gave you when I was cleaning.
I smashed the car into the gate and blamed the neighbour.
I hit the roof when I saw the bill.
I hit your car in the drive.
I hit reply all with what you told me in private.
I kept you waiting for an hour.
I held you up at the airport.
I grabbed the wrong bag and you had no clothes.
I pulled out of the trip the night before.
I pulled a face when your mum spoke.
I shook hands with him although you hate him.
I squeezed you in between two calls.
I took your car without asking.
I took your charger and lost it.
I hid the debt from you.
I hid how much I drink.
I stood you up.
I sat there and said nothing when they laughed at you.
I let the door fall in your face.
I left you alone with the kids all weekend.
I followed your ex online and made jokes.
I checked the football during your speech.
I looked at your phone when a message came up.
I opened your letter from the bank.
I told Mum what you told me.
I said you would be a bad father.
I said I hate you.
I said I was going to leave you.
I threatened to leave when we argued about the dog.
I shouted at the kids at breakfast.
I swore at you.
I called her fat.
I stormed out and drove off.
I flirted with your friend.
I kissed Anna at the party.
I forced you to choose between me and the choir.
I made you feel small.
I made you cry at your own party.
I forgot our day.
I burned the dinner and then snapped at you.
I burnt the shirt with the iron.
I beat myself up and made you comfort me.
I kicked up a fuss about the bill.
I bit your head off this morning.
I jumped down your throat.
I attacked your idea in the meeting.
You were scared that I would lose my job.
You got hurt by my joke about your nose.
You went to hospital alone because I did not come.
You felt alone at the funeral.
I touched on your divorce in front of everyone.
I was rough in my choice of words.
I trapped you in a boring talk about my work.
I did not let you finish your sentence.
I did not let you have a turn at the wheel.
I pressed you for an answer at midnight.
I pushed our wedding date twice.
I pushed you to eat when you were not hungry.
I pushed too much.
I kicked up dust about the rent.
I broke a glass at your party and hid it.
I broke the news to you in a text.
I broke your heart.
I broke down at your birthday and it became about me.
I tore into you about the bill.
I stood by when they were rude to you.
I stood in for you without asking.
I kept you up all night with my worries.
I kept on about your weight.
I locked you out by mistake, I had both keys.
I checked in on you ten times and it was too much.
I did not check on you after the operation.
I use my phone all through our dinners.
I followed you around the house with my complaints.
I turned up drunk at your mother's party.
I said I would call and I did not.
I said you were lazy.
I raised my voice.
I raised the topic in front of your parents.
I pressed you about having kids.
I held back what I knew.
I sent your picture to the group without asking.
I hit it off with your rival.
I hit a wall and took it out on you.
I slapped a price on your old bike and sold it.
I lost my temper and swore.
I grabbed a drink and let you carry the bags.
I slagged you off to Tom.
I made a scene at the wedding.
I spoke over you all evening.
I was cold to you for a week.
I was too hard on our son about school.
I scared the kids with a film.
I let you down when your dad died.
You were frightened when I did not answer for a day.
You left the room when I made that joke.
I pushed my luck with your patience.
I pushed you to see the doctor.
I hit on your sister.
I hit the sack while you were still crying.
I got you into debt.
I threw money at the problem and not my time.
I threw you in at the deep end at work.
I smashed my target and bragged about it while you lost your job.
I punched the air when your team lost.
I blocked your plan at the meeting.
I would not let it go.
I hid in my work.
I searched for a new flat behind your back.
I put my mother before you.
I followed the rules and left you standing.
I waited too long to tell you.
I told her where you live now.
I scared you with my talk about the tests.
I went on about my ex all night.
I kissed you in front of your dad and you were embarrassed.
I forced my taste on the whole house.
I spat out my food at your table.
I beat around the bush.
I shook my fist at the telly and missed what you said.
I pulled the plug on our trip.
I wrestled with it and said nothing to you.
I hurt her deeply with that letter.
We shouted at each other and I shouted louder.
I slapped together your birthday cake.
I grabbed the chance and left you with the work.
I broke your favourite bowl.
I damaged your bike when I borrowed it.
I did not let you choose the film.
I told the kids that you were too fat.
I nagged you about the dishes.
i lost my temper and called you names
I got in the way of your plans.
I pushed our talk off for weeks.
I threw your plans over without asking.
I smashed our savings on a car.
I pulled your name out of the draw.
I held on to the money you lent me.
I forced the issue at dinner.
I broke the silence by making fun of you.
I tipped him off about your surprise.
I slapped a sticker on your car as a joke.
I spat venom about your mother.
I hit delete on your photos by mistake.
I read your diary once when I was drunk.
I looked up your salary and told Ben.
I drove off without you after the party.
I called you at three in the morning because I was lonely.
I said if you go I will be sad for ever.
I told you that you are too needy.
I sent your letter back unopened.
I slept through your big day.
I pressed on with my story while you cried.
I put my foot in my mouth about your job.
I got on my knees and begged and made it about me.
I swung by without asking and stayed for hours.
I grabbed your seat and your sandwich.
I shook with laughter when you fell.
I twisted your words in front of your boss.
I would not give you a straight answer.
I was loud and you left the room.
I pushed past the limits we had agreed on with the budget.
I gave him a piece of my mind.
I laid the blame on her.
I went for the last slice though it was yours.
I bent the truth.
I barred you from our chat.
I kept your book for two years.
I took the wheel in the meeting and would not let you talk.
I cut you off in the middle of your sentence.
I cut up your magazine by mistake.
I put my foot down about the holiday.
I checked the score while you cried.
I made a fake excuse.
I followed a diet and moaned about it at your table.
I camped on your sofa for a month.
I warned you off him and I was wrong.
I said you would fail.
I used to mock your accent.
I hit a low point and let it out on you.
I laid into you about your hair.
I touched a sore spot.
I carried on about my ex.
I threatened to cancel the trip.
I scared you by coming home at four.
I gripped the mic and sang badly at your wedding.
I nearly missed your concert.
I left you waiting outside the school.
I told the whole table what you earn.
I took your turn with the dog and forgot it.
I was jealous and made a scene.""".splitlines()
